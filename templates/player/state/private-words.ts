// Words that a course once kept, and keeps no longer.

import type { Outline } from "./course.ts";
import type { Key, State } from "./state.ts";

/** The response where not a word is kept. It takes no more room than the id of an option. */
export const PRIVATE = "x";

/**
 * Takes the words out of a state that were typed before the author said that none are kept:
 * `outline.private` are the keys of such questions, former ones too. What was typed and not handed
 * in is gone. Gives whether there were any.
 */
export function forgetWords({ checks, quizzes }: State, { private: keys = [] }: Outline) {
  let forgotten = false;
  const forget = <Entry>(
    kept: Map<Key, Entry>,
    key: Key,
    response: string | undefined,
    without: Entry | null | undefined,
  ) => {
    if (!response || response === PRIVATE) return;
    forgotten = true;
    if (without) kept.set(key, without);
    else kept.delete(key);
  };
  for (const key of keys) {
    const check = checks.get(key);
    forget(checks, key, check?.response, check?.tries ? { ...check, response: PRIVATE } : null);
    for (const { answers } of quizzes.values()) forget(answers, key, answers.get(key), PRIVATE);
  }
  return forgotten;
}

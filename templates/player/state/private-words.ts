// Removes free text that the course no longer keeps.

import type { Outline } from "./course.ts";
import type { Key, State } from "./state.ts";

/** The response stored in place of private text. It takes no more room than an option's id. */
export const PRIVATE = "x";

/**
 * Removes text that was typed before the author chose to keep none. `outline.private` has the keys
 * of such questions, former keys included. Text that was typed but not submitted is removed
 * entirely. Returns whether there was any.
 */
export function forgetWords({ checks, quizzes }: State, { private: keys = [] }: Outline) {
  let changed = false;
  const replace = <Entry>(
    kept: Map<Key, Entry>,
    key: Key,
    response: string | undefined,
    without: Entry | null | undefined,
  ) => {
    if (!response || response === PRIVATE) return;
    changed = true;
    if (without) kept.set(key, without);
    else kept.delete(key);
  };
  for (const key of keys) {
    const check = checks.get(key);
    replace(checks, key, check?.response, check?.tries ? { ...check, response: PRIVATE } : null);
    for (const { answers } of quizzes.values()) replace(answers, key, answers.get(key), PRIVATE);
  }
  return changed;
}

// Words that a course once kept, and keeps no longer.

/** @import {Key, Outline, State} from "../types" */

/** The response where not a word is kept. It takes no more room than the id of an option. */
export const PRIVATE = "x";

/**
 * Takes the words out of a state that were typed before the author said that none are kept:
 * `outline.private` are the keys of such questions, former ones too. What was typed and not handed
 * in is gone. Gives whether there were any.
 *
 * @param {State} state
 * @param {Outline} outline
 */
export function forgetWords({ checks, quizzes }, { private: keys = [] }) {
  let forgotten = false;
  /**
   * @template Entry
   * @param {Map<Key, Entry>} kept
   * @param {Key} key
   * @param {string | undefined} response
   * @param {Entry | null | undefined} without
   */
  const forget = (kept, key, response, without) => {
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

// Makes a state fit where the LMS has no room for all of it: the least important part goes first.

import { encode } from "./codec.js";

/** @import {Key, Known, State} from "../types" */

/**
 * The text of a state within `limit` characters; null where even the least that matters is too
 * long.
 *
 * Which answers the LMS is still to be told of goes first, then what `known(section, key)` denies:
 * keys of pages and questions that the course no longer has ("answers" are those of quizzes). An
 * author who lowers a limit or asks less may leave more behind than the course can need. Then what
 * was answered in finished attempts goes, and after it what was answered in practice; scores,
 * tries and the record stay.
 *
 * @param {State} state
 * @param {number} limit
 * @param {Known} known
 */
export function encodeWithin(state, limit, known) {
  let kept = state;
  for (const less of [whole, withoutLate, onlyKnown, withoutReview, withoutPractised]) {
    kept = less(kept, known);
    const text = fitting(kept, limit);
    if (text) return text;
  }
  return null;
}

/**
 * @param {State} state
 * @param {number} limit
 */
function fitting(state, limit) {
  try {
    const text = encode(state);
    return text.length <= limit ? text : null;
  } catch {
    return null;
  }
}

/** @param {State} state */
const whole = (state) => state;

/**
 * @param {State} state
 * @returns {State}
 */
const withoutLate = (state) => ({ ...state, late: new Set() });

/**
 * @param {State} state
 * @param {Known} known
 * @returns {State}
 */
function onlyKnown(state, known) {
  /**
   * @template Entry
   * @param {string} section
   * @param {Map<Key, Entry>} entries
   */
  const only = (section, entries) => new Map([...entries].filter(([key]) => known(section, key)));
  return {
    ...state,
    visited: new Set([...state.visited].filter((key) => known("visited", key))),
    checks: only("checks", state.checks),
    quizzes: each(only("quizzes", state.quizzes), ({ answers }) => ({
      answers: only("answers", answers),
    })),
    records: only("records", state.records),
  };
}

/**
 * @template Entry
 * @param {Map<Key, Entry>} entries
 * @param {(entry: Entry) => Partial<Entry>} change
 */
const each = (entries, change) =>
  new Map([...entries].map(([key, entry]) => [key, { ...entry, ...change(entry) }]));

/**
 * @param {State} state
 * @returns {State}
 */
const withoutReview = (state) => ({
  ...state,
  quizzes: each(state.quizzes, ({ open, answers }) => ({ answers: open ? answers : new Map() })),
});

/**
 * @param {State} state
 * @returns {State}
 */
const withoutPractised = (state) => ({
  ...state,
  checks: each(state.checks, () => ({ response: "" })),
});

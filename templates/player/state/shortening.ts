// What a state that is too long can do without. All pages have to be known first: nothing of a page
// that is still to come may be taken for what the course no longer has.

/** @import {Key, Known, Shortening, State} from "../types" */

/**
 * The steps in their order: first goes what the function that `known()` gives denies, which are
 * keys of pages and questions that the course no longer has ("answers" are those of quizzes), and
 * the day of completion where the course has no certificate: nobody asked for that of a record.
 * An author who lowers a limit or asks less may
 * leave more behind than the course can need. Then what was answered in finished attempts goes, and
 * after it what was answered in practice; scores, tries and the record stay.
 *
 * @param {() => Known} known
 * @returns {Shortening[]}
 */
export const shortenings = (known) => [
  (state) => onlyKnown(state, known()),
  withoutReview,
  withoutPractised,
];

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
    finished: known("finished", "") ? state.finished : null,
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

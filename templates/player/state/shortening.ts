// What a state that is too long can do without. All pages have to be known first: nothing of a page
// that is still to come may be taken for what the course no longer has.

import type { Key, Known, State } from "./state.ts";

/** Leaves out what matters least of a state that is too long. */
export type Shortening = (state: State) => State;

/**
 * The steps in their order: first goes what the function that `known()` gives denies, which are
 * keys of pages and questions that the course no longer has ("answers" are those of quizzes), and
 * the day of completion where the course has no certificate: nobody asked for that of a record. An
 * author who lowers a limit or asks less may leave more behind than the course can need. Then what
 * was answered in finished attempts goes, and after it what was answered in practice; scores, tries
 * and the record stay.
 */
export const shortenings = (known: () => Known): Shortening[] => [
  (state) => onlyKnown(state, known()),
  withoutReview,
  withoutPractised,
];

function onlyKnown(state: State, known: Known): State {
  const only = <Entry>(section: string, entries: Map<Key, Entry>) =>
    new Map([...entries].filter(([key]) => known(section, key)));
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

const each = <Entry>(entries: Map<Key, Entry>, change: (entry: Entry) => Partial<Entry>) =>
  new Map([...entries].map(([key, entry]) => [key, { ...entry, ...change(entry) }]));

const withoutReview = (state: State): State => ({
  ...state,
  quizzes: each(state.quizzes, ({ open, answers }) => ({ answers: open ? answers : new Map() })),
});

const withoutPractised = (state: State): State => ({
  ...state,
  checks: each(state.checks, () => ({ response: "" })),
});

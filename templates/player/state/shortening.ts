// Ways to shorten a state that is too long. The outline must be complete, or work on later pages
// would be taken for work on deleted ones.

import type { Key, Known, State } from "./state.ts";

/** Returns a state without its less important parts. */
export type Shortening = (state: State) => State;

/**
 * The steps in order. First go keys and a language that the course no longer has, as `known()`
 * tells, and the day of completion if the course has no certificate: an author who lowers a limit
 * may leave more behind than the course itself can need. Then the answers of finished quiz attempts
 * go, and finally those of practice questions. Scores, tries and records stay.
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
    language: known("language", state.language) ? state.language : "",
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

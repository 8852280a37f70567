// Merges work from the journal or another window into the state of the visit.

import { scenariosOf } from "./asked.ts";
import { merge } from "./merge.ts";
import type { Outline } from "./course.ts";
import type { Key, State } from "./state.ts";

export type Additions = ReturnType<typeof addTo>;

/**
 * Returns a new state with all work of `live` and `other`, with the attempt and bookmark of `live`.
 * If both have an answer, that of `preferred` (one of the two) stays.
 *
 * `news`: keys for which `other` has brought something. `due`: keys of answers that the LMS lacks.
 * `unsaid`: whether a text is missing, because the journal keeps none; `unwritten`: the record
 * items of which it is missing.
 */
export function addTo(live: State, other: State, outline: Outline, preferred: State) {
  const merged = preferred === other ? merge(live, other, outline) : merge(other, live, outline);
  const { attempt, bookmark, edition, lost } = live;
  const checks = changed(live.checks, merged.checks, ["tries", "response"]);
  const quizzes = changed(live.quizzes, merged.quizzes, ["attempts", "best", "open"]);
  const records = changed(live.records, merged.records, ["date", "text"]);
  const { scenes } = scenariosOf(outline);
  const answers = [...merged.quizzes].flatMap(([key, quiz]) => {
    const before = live.quizzes.get(key)?.answers ?? new Map();
    return [...quiz.answers]
      .filter(([name, response]) => before.get(name) !== response)
      .map(([name]) => [key, name]);
  });
  const pages = [...other.visited].filter((key) => !live.visited.has(key));
  const answered = [
    ...checks.filter((key) => merged.checks.get(key)?.tries),
    // A decision that is repeated is practice.
    ...answers.map(([, name]) => name).filter((name) => !scenes.has(name)),
  ];
  const due = new Set([...answered, ...[...other.late].filter((key) => !live.late.has(key))]);
  const unwritten = records.filter((key) => !merged.records.get(key)?.text);
  return {
    state: { ...merged, attempt, bookmark, edition, lost, late: new Set([...live.late, ...due]) },
    due,
    news: new Set([...pages, ...checks, ...quizzes, ...records, ...answers.map(([key]) => key)]),
    unsaid:
      checks.some((key) => !scenes.has(key) && !merged.checks.get(key)?.response) ||
      unwritten.length > 0,
    unwritten,
  };
}

/**
 * Returns a state with only what was done between `before` and `state`, for the window that
 * records, whose other work may be newer. The walk through a scenario stays whole.
 */
export function doneSince(before: State, state: State, outline: Outline): State {
  const { walks } = scenariosOf(outline);
  const quizzes = [...state.quizzes].flatMap(([key, quiz]) => {
    const earlier = before.quizzes.get(key);
    const sameAttempt = earlier?.attempts === quiz.attempts ? earlier.answers : null;
    const added = [...quiz.answers].filter(
      ([name, response]) => sameAttempt?.get(name) !== response,
    );
    const same =
      sameAttempt?.size === quiz.answers.size &&
      earlier?.best === quiz.best &&
      earlier.open === quiz.open &&
      !added.length;
    const answers = walks.has(key) ? quiz.answers : new Map(added);
    return same ? [] : [[key, { ...quiz, answers }] as const];
  });
  return {
    ...state,
    // The recording window computes and reports the result.
    score: null,
    reported: false,
    visited: new Set([...state.visited].filter((key) => !before.visited.has(key))),
    checks: newer(before.checks, state.checks, ["tries", "response"]),
    quizzes: new Map(quizzes),
    records: newer(before.records, state.records, ["date", "text"]),
    late: new Set(),
  };
}

/** The entries of `after` that differ from those of `before` in one of the `fields`. */
const newer = <T>(before: Map<Key, T>, after: Map<Key, T>, fields: (keyof T)[]) =>
  new Map(
    [...after].filter(([key, entry]) =>
      fields.some((name) => before.get(key)?.[name] !== entry[name]),
    ),
  );

const changed = <T>(before: Map<Key, T>, after: Map<Key, T>, fields: (keyof T)[]) => [
  ...newer(before, after, fields).keys(),
];

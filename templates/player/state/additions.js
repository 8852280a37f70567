// What the journal or another window has of a trainee's work joins the state of this visit.

import { merge } from "./merge.js";

/**
 * The state that has what `live` and `found` have, on the attempt and at the place of `live`; a new
 * one. `newer` is `live` or `found`: whose answer stays where both have one.
 *
 * `news` are the keys of which `found` has brought something, `due` those of answers of which the
 * LMS is still to be told. `unsaid` is whether something was answered in words that
 * are not there.
 */
export function addTo(live, found, outline, newer) {
  const merged = newer === found ? merge(live, found, outline) : merge(found, live, outline);
  const { attempt, bookmark, edition, lost } = live;
  const checks = changed(live.checks, merged.checks, ["tries", "response"]);
  const quizzes = changed(live.quizzes, merged.quizzes, ["attempts", "best", "open"]);
  const records = changed(live.records, merged.records, ["date", "text"]);
  const answers = [...merged.quizzes].flatMap(([key, quiz]) => {
    const before = live.quizzes.get(key)?.answers ?? new Map();
    return [...quiz.answers].filter(([name, response]) => before.get(name) !== response).map(([name]) => [key, name]);
  });
  const pages = [...found.visited].filter((key) => !live.visited.has(key));
  const answered = [...checks.filter((key) => merged.checks.get(key).tries), ...answers.map(([, name]) => name)];
  const due = new Set([...answered, ...[...found.late].filter((key) => !live.late.has(key))]);
  return {
    state: { ...merged, attempt, bookmark, edition, lost, late: new Set([...live.late, ...due]) },
    due,
    news: new Set([...pages, ...checks, ...quizzes, ...records, ...answers.map(([key]) => key)]),
    unsaid: checks.some((key) => !merged.checks.get(key).response)
      || records.some((key) => !merged.records.get(key).text),
  };
}

/**
 * The state that has only what was done in `state` since it was `before`: for the window that
 * records now, where the rest may be newer.
 */
export function doneSince(before, state) {
  const only = (section, fields) =>
    new Map(changed(before[section], state[section], fields).map((key) => [key, state[section].get(key)]));
  const quizzes = [...state.quizzes].flatMap(([key, quiz]) => {
    const { attempts, best, open, answers } = before.quizzes.get(key) ?? {};
    const told = attempts === quiz.attempts ? answers : new Map();
    const given = [...quiz.answers].filter(([name, response]) => told.get(name) !== response);
    const same = told === answers && best === quiz.best && open === quiz.open && !given.length;
    return same ? [] : [[key, { ...quiz, answers: new Map(given) }]];
  });
  return {
    ...state,
    // The result is for the window that records to work out and to tell.
    score: null,
    reported: false,
    visited: new Set([...state.visited].filter((key) => !before.visited.has(key))),
    checks: only("checks", ["tries", "response"]),
    quizzes: new Map(quizzes),
    records: only("records", ["date", "text"]),
    late: new Set(),
  };
}

const changed = (before, after, fields) =>
  [...after.keys()].filter((key) => fields.some((name) => before.get(key)?.[name] !== after.get(key)[name]));

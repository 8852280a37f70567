// Merges two states of one trainee without losing work of either.

import {
  ATTEMPTS_LIMIT,
  type Check,
  type Key,
  type Quiz,
  type RecordEntry,
  type State,
  type Status,
} from "./state.ts";
import { keepsLast, scenariosOf } from "./asked.ts";
import { higher } from "./tracking.ts";
import type { Outline } from "./course.ts";
import type { Hundredths } from "./scoring.ts";

const union = (older: Set<Key>, newer: Set<Key>) => new Set([...older, ...newer]);

/**
 * Returns a new state with the work of `older` and `newer` and the attempt of `older`. If both have
 * an answer, the one with more tries stays, otherwise that of `newer`. For two different attempts
 * it is always that of `newer`, because their tries cannot be compared. An empty answer never
 * replaces one. A scene keeps the decision of `older`, which was first. `outline` says which keys
 * are scenes, and whether a quiz or a scenario keeps its best or last score.
 *
 * `apart`: `newer` was started without knowledge of `older`, so its attempts at a quiz are further
 * ones.
 *
 * Merging is idempotent. What counts (pages, tries, attempts, best scores, status) is the same in
 * either order.
 */
export function merge(older: State, newer: State, outline: Outline, apart = false): State {
  const last = new Set(outline.pages.filter(keepsLast).map(({ key }) => key));
  const { scenes, walks } = scenariosOf(outline);
  const same = !apart && older.attempt === newer.attempt;
  const result = {
    status: higher(older.status, newer.status),
    score: kept(older.score, newer.score, last.size > 0),
  };
  // Whether the LMS has confirmed exactly this result.
  const isConfirmed = ({ reported, status, score }: State) =>
    reported && status === result.status && score === result.score;
  return {
    ...older,
    ...result,
    saves: Math.max(older.saves, newer.saves),
    reported: isConfirmed(older) || isConfirmed(newer),
    interactions: Math.max(older.interactions, newer.interactions),
    bookmark: newer.bookmark || older.bookmark,
    edition: newer.edition || older.edition,
    visited: pagesOf(union(older.visited, newer.visited), outline),
    checks: mergeMaps(older.checks, newer.checks, (before, after, key) =>
      scenes.has(key) ? decided(before, after) : check(before, after, same),
    ),
    quizzes: mergeMaps(older.quizzes, newer.quizzes, (before, after, key) =>
      (apart ? mergeFurther : quiz)(before, after, last.has(key), walks.has(key)),
    ),
    records: mergeMaps(older.records, newer.records, record),
    late: union(older.late, newer.late),
    finished: dayOf(result.status, older, newer),
    // In one attempt, an empty one is a choice too: the source language.
    language: same ? newer.language : newer.language || older.language,
  };
}

/** A page that one of them has read, and the other has shown by a test-out, counts as read. */
const pagesOf = (visited: Set<Key>, { pages }: Outline) => {
  for (const { key, shown } of pages) if (visited.has(key)) visited.delete(shown as Key);
  return visited;
};

/**
 * The day of the result: the earlier one if both have it; "" if only an unknown day may be earlier.
 */
function dayOf(result: Status, older: State, newer: State) {
  const days = [older, newer].flatMap(({ status, finished }) =>
    status === result && finished ? [finished] : [],
  );
  const unknown = older.finished === null && newer.finished === null ? null : "";
  return days.sort()[0] ?? unknown;
}

function mergeMaps<T>(
  older: Map<Key, T>,
  newer: Map<Key, T>,
  both: (older: T, newer: T, key: Key) => T,
) {
  const merged = new Map(older);
  for (const [key, entry] of newer) {
    const before = older.get(key);
    merged.set(key, before === undefined ? entry : both(before, entry, key));
  }
  return merged;
}

function kept(older: Hundredths | null, newer: Hundredths | null, last: boolean) {
  if (older === null || newer === null) return newer ?? older;
  return last ? newer : Math.max(older, newer);
}

/**
 * The first try counts from `older`, if it has any.
 *
 * @param same Whether both are of one attempt.
 */
const check = (older: Check, newer: Check, same: boolean): Check => ({
  tries: Math.max(older.tries, newer.tries),
  first: older.tries ? older.first : newer.first,
  response:
    (same && older.tries > newer.tries && older.response) || newer.response || older.response,
});

/** The first decision in a scene. */
const decided = (older: Check, newer: Check) => (older.response ? older : newer);

function mergeFurther(older: Quiz, newer: Quiz, last: boolean): Quiz {
  if (!newer.attempts) return older;
  const attempts = Math.min(older.attempts + newer.attempts, ATTEMPTS_LIMIT);
  return { ...newer, attempts, best: kept(older.best, newer.best, last) };
}

/** @param walk Whether the answers are the way through a scenario, and not each of its own. */
function quiz(older: Quiz, newer: Quiz, last: boolean, walk: boolean): Quiz {
  const attempts = Math.max(older.attempts, newer.attempts);
  // More attempts lead; for the same attempt, a finished one leads an open one.
  const lead = older.attempts - newer.attempts || Number(newer.open) - Number(older.open);
  const [ahead, behind] = lead > 0 ? [older, newer] : [newer, older];
  const best = kept(behind.best, ahead.best, last);
  if (ahead.attempts !== behind.attempts) return { ...ahead, best };
  // Both finished the attempt separately: the one whose score counts is shown.
  if (!older.open && !newer.open) return { ...(best === newer.best ? newer : older), best };
  // The same open attempt: answers of either count.
  return {
    attempts,
    best,
    open: older.open && newer.open,
    answers: new Map([...(walk ? [] : older.answers), ...newer.answers]),
  };
}

const record = (older: RecordEntry, newer: RecordEntry): RecordEntry => ({
  date: newer.date || older.date,
  text: newer.text || older.text,
});

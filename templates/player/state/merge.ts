// Two states of one trainee become one: nothing that was done in either is lost.

import {
  ATTEMPTS_LIMIT,
  type Check,
  type Key,
  type Quiz,
  type RecordEntry,
  type State,
  type Status,
} from "./state.ts";
import { higher } from "./tracking.ts";
import type { Outline } from "./course.ts";
import type { Hundredths } from "./scoring.ts";

const union = (older: Set<Key>, newer: Set<Key>) => new Set([...older, ...newer]);

/**
 * The state that has what `older` and `newer` have; it is a new one, and goes on the attempt of
 * `older`. Where both have an answer, that of more tries stays, else that of `newer`, and always
 * that of `newer` where they are of two attempts, whose tries say nothing to each other; none never
 * replaces one. `outline` says of each quiz whether its best or its last score is kept.
 *
 * `apart`: `newer` was begun without knowledge of `older`. Then its attempts at a quiz are further
 * ones.
 *
 * Merging with itself or once more changes nothing, and what counts (pages, tries, attempts, best
 * scores, status) is the same whichever of the two is called newer.
 */
export function merge(older: State, newer: State, outline: Outline, apart = false): State {
  const last = new Set(
    outline.pages.filter(({ quiz }) => quiz?.keep === "last").map(({ key }) => key),
  );
  const same = !apart && older.attempt === newer.attempt;
  const result = {
    status: higher(older.status, newer.status),
    score: kept(older.score, newer.score, last.size > 0),
  };
  // The LMS has confirmed what is now the result, not something lower.
  const told = ({ reported, status, score }: State) =>
    reported && status === result.status && score === result.score;
  return {
    ...older,
    ...result,
    saves: Math.max(older.saves, newer.saves),
    reported: told(older) || told(newer),
    interactions: Math.max(older.interactions, newer.interactions),
    bookmark: newer.bookmark || older.bookmark,
    edition: newer.edition || older.edition,
    visited: union(older.visited, newer.visited),
    checks: together(older.checks, newer.checks, (before, after) => check(before, after, same)),
    quizzes: together(older.quizzes, newer.quizzes, (before, after, key) =>
      (apart ? further : quiz)(before, after, last.has(key)),
    ),
    records: together(older.records, newer.records, record),
    late: union(older.late, newer.late),
    finished: dayOf(result.status, older, newer),
  };
}

/**
 * The day on which the result was there: the first one, where both have it. Only a day that one of
 * them does not know may be before that.
 */
function dayOf(result: Status, older: State, newer: State) {
  const days = [older, newer].flatMap(({ status, finished }) =>
    status === result && finished ? [finished] : [],
  );
  const unknown = older.finished === null && newer.finished === null ? null : "";
  return days.sort()[0] ?? unknown;
}

function together<T>(
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

// The first try is the one that was made before the other was.
/** @param same Whether both are of one attempt. */
const check = (older: Check, newer: Check, same: boolean): Check => ({
  tries: Math.max(older.tries, newer.tries),
  first: older.tries ? older.first : newer.first,
  response:
    (same && older.tries > newer.tries && older.response) || newer.response || older.response,
});

function further(older: Quiz, newer: Quiz, last: boolean): Quiz {
  if (!newer.attempts) return older;
  const attempts = Math.min(older.attempts + newer.attempts, ATTEMPTS_LIMIT);
  return { ...newer, attempts, best: kept(older.best, newer.best, last) };
}

function quiz(older: Quiz, newer: Quiz, last: boolean): Quiz {
  const attempts = Math.max(older.attempts, newer.attempts);
  // A score stands only once the attempt is done.
  const lead = older.attempts - newer.attempts || Number(newer.open) - Number(older.open);
  const [ahead, behind] = lead > 0 ? [older, newer] : [newer, older];
  const best = kept(behind.best, ahead.best, last);
  if (ahead.attempts !== behind.attempts) return { ...ahead, best };
  // Each was finished without the other: what is on view is that which counts.
  if (!older.open && !newer.open) return { ...(best === newer.best ? newer : older), best };
  // The same attempt: what was answered in either counts as answered.
  return {
    attempts,
    best,
    open: older.open && newer.open,
    answers: new Map([...older.answers, ...newer.answers]),
  };
}

const record = (older: RecordEntry, newer: RecordEntry): RecordEntry => ({
  date: newer.date || older.date,
  text: newer.text || older.text,
});

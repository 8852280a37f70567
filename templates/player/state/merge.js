// Two states of one trainee become one: nothing that was done in either is lost.

import { ATTEMPTS_LIMIT } from "./codec.js";
import { higher } from "./tracking.js";

const union = (one, other) => new Set([...one, ...other]);
const most = (one, other) => Math.max(one ?? 0, other ?? 0);

/**
 * The state that has what `older` and `newer` have; it is a new one, and goes on the attempt of
 * `older`. Where both have an answer, that of more tries stays, else that of `newer`; none never
 * replaces one. `outline` says of each quiz whether its best or its last score is kept.
 *
 * `apart`: `newer` was begun without knowledge of `older`. Then its tries say nothing, its answers
 * stay, and its attempts at a quiz are further ones.
 *
 * Merging with itself or once more changes nothing, and what counts (pages, tries, attempts, best
 * scores, status) is the same whichever of the two is called newer.
 */
export function merge(older, newer, outline, apart = false) {
  const last = new Set(outline.pages.filter(({ quiz }) => quiz?.keep === "last").map(({ key }) => key));
  const result = {
    status: higher(older.status, newer.status),
    score: kept(older.score, newer.score, last.size > 0),
  };
  // The LMS has confirmed what is now the result, not something lower.
  const told = ({ reported, status, score }) => reported && status === result.status && score === result.score;
  return {
    ...older,
    ...result,
    saves: most(older.saves, newer.saves),
    reported: told(older) || told(newer),
    interactions: most(older.interactions, newer.interactions),
    bookmark: newer.bookmark || older.bookmark,
    edition: newer.edition || older.edition,
    visited: union(older.visited, newer.visited),
    checks: together(older.checks, newer.checks, (one, other) => check(one, other, apart)),
    quizzes: together(older.quizzes, newer.quizzes, (one, other, key) => (apart ? further : quiz)(one, other, last.has(key))),
    records: together(older.records, newer.records, record),
    late: union(older.late, newer.late),
  };
}

function together(older, newer, both) {
  const found = new Map(older);
  for (const [key, entry] of newer) found.set(key, older.has(key) ? both(older.get(key), entry, key) : entry);
  return found;
}

function kept(older, newer, last) {
  if (older === null || newer === null) return newer ?? older;
  return last ? newer : Math.max(older, newer);
}

// The first try is the one that was made before the other was.
const check = (older, newer, apart) => ({
  tries: most(older.tries, newer.tries),
  first: older.tries ? older.first : newer.first,
  response: (!apart && older.tries > newer.tries && older.response) || newer.response || older.response,
});

function further(older, newer, last) {
  if (!newer.attempts) return older;
  const attempts = Math.min(older.attempts + newer.attempts, ATTEMPTS_LIMIT);
  return { ...newer, attempts, best: kept(older.best, newer.best, last) };
}

function quiz(older, newer, last) {
  const attempts = most(older.attempts, newer.attempts);
  // A score stands only once the attempt is done.
  const lead = older.attempts - newer.attempts || Number(newer.open) - Number(older.open);
  const [ahead, behind] = lead > 0 ? [older, newer] : [newer, older];
  const best = kept(behind.best, ahead.best, last);
  if (ahead.attempts !== behind.attempts) return { ...ahead, best };
  // The same attempt: what was answered in either counts as answered.
  return { attempts, best, open: older.open && newer.open, answers: new Map([...older.answers, ...newer.answers]) };
}

const record = (older, newer) => ({ date: newer.date || older.date, text: newer.text || older.text });

// The policy: which status and score the LMS is told (facts/policy.md#tracking).

import { weightedMean } from "./scoring.js";

/** @import {Hundredths, Key, QuizStanding, Standing, Status, Tracking, Verdict} from "../types" */

/** @type {Record<string, number>} */
const RANK = { "not attempted": 0, browsed: 0, incomplete: 1, failed: 2, completed: 3, passed: 4 };
/** @param {string} status */
const rank = (status) => RANK[status] ?? 0;

/**
 * The higher of two statuses; one that SCORM 1.2 does not know is the lowest.
 *
 * @template {string} T
 * @param {T} status
 * @param {T} other
 */
export const higher = (status, other) => (rank(other) > rank(status) ? other : status);

/**
 * The weighted mean of the scores of quizzes in hundredths of a percent; null before any of them
 * was finished.
 *
 * @param {QuizStanding[]} quizzes
 * @returns {Hundredths | null}
 */
export function courseScore(quizzes) {
  if (quizzes.every(({ score }) => score === null)) return null;
  return weightedMean(quizzes, ({ score }) => score ?? 0);
}

/**
 * The quizzes that are judged together with the one of a key: this one alone, or all that have no
 * pass mark of their own.
 *
 * @param {Key} key
 * @param {QuizStanding[]} quizzes
 */
export function judgedWith(key, quizzes) {
  const own = quizzes.find((quiz) => quiz.key === key);
  return own?.alone ? [own] : quizzes.filter(({ alone }) => !alone);
}

/**
 * Status and score of a course, from `measure` of progress.js and the course's tracking settings.
 *
 * Incomplete until every tracked part is done, records included, because an LMS may open a course
 * with a final status read-only. Passed where every quiz was taken, each with a pass mark of its
 * own has reached it, and the others reach the course's together. Failed only when no attempt is
 * left that could change this, whatever word is reported for success: an LMS offers a new attempt
 * only after a final status. A course may ask to stay incomplete instead.
 *
 * @param {Pick<Standing, "left" | "quizzes">} standing
 * @param {Tracking} tracking
 * @returns {Verdict}
 */
export const verdict = ({ left, quizzes }, tracking) => ({
  status: word(left, quizzes, tracking),
  score: courseScore(quizzes),
});

/**
 * The quizzes that keep a course from being passed.
 *
 * @param {QuizStanding[]} quizzes
 * @param {Tracking} tracking
 */
export function lacking(quizzes, tracking) {
  const together = quizzes.filter(({ alone }) => !alone);
  const taken = together.every(({ score }) => score !== null);
  const enough = taken && (courseScore(together) ?? 0) >= tracking.pass_mark * 100;
  return quizzes.filter((quiz) => !(quiz.alone ? quiz.passed : enough));
}

/**
 * @param {number} left
 * @param {QuizStanding[]} quizzes
 * @param {Tracking} tracking
 * @returns {Status}
 */
function word(left, quizzes, tracking) {
  if (left) return "incomplete";
  if (!quizzes.length) return "completed";
  const missing = lacking(quizzes, tracking);
  if (!missing.length) return tracking.report === "completed" ? "completed" : "passed";
  return tracking.failed === "never" || missing.some(({ open }) => open) ? "incomplete" : "failed";
}

/**
 * Whether the LMS is told the score, in hundredths of a percent or null, with a status.
 *
 * Where the manifest names the mark, an LMS judges by it whenever the trainee leaves, also a course
 * that is not finished (facts/moodle.md#finish-status-mastery). So it gets only a score that it
 * judges as the player did.
 *
 * @param {Status} status
 * @param {Hundredths | null} score
 * @param {Tracking} tracking
 */
export const tellsScore = (status, score, { score: tells, mastery }) =>
  score !== null &&
  tells &&
  (mastery === null || status === (score < mastery * 100 ? "failed" : "passed"));

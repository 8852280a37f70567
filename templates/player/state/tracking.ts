// The tracking policy: which status and score are reported to the LMS (facts/policy.md#tracking).

import { FULL, weightedMean, type Hundredths } from "./scoring.ts";
import type { Tracking } from "./course.ts";
import type { QuizStanding, Standing } from "./progress.ts";
import type { Key, Status } from "./state.ts";

/** Status and score for the LMS. */
export interface Verdict {
  status: Status;
  score: Hundredths | null;
}

/** Status and score of the trainee's work, and today's date as YYYY-MM-DD. */
export type Judgement = Verdict & { day: string };

const RANK: Record<string, number> = {
  "not attempted": 0,
  browsed: 0,
  incomplete: 1,
  failed: 2,
  completed: 3,
  passed: 4,
};
const rank = (status: string) => RANK[status] ?? 0;

/** The higher of two statuses. One that SCORM 1.2 does not know is the lowest. */
export const higher = <T extends string>(status: T, other: T) =>
  rank(other) > rank(status) ? other : status;

/** The weighted mean of the quizzes' scores; null if none is finished. */
export function courseScore(quizzes: QuizStanding[]): Hundredths | null {
  if (quizzes.every(({ score }) => score === null)) return null;
  return weightedMean(quizzes, ({ score }) => score ?? 0);
}

/**
 * The quizzes that are judged together with one: only this one if it has its own pass mark,
 * otherwise all that have none.
 */
export function judgedWith(key: Key, quizzes: QuizStanding[]) {
  const own = quizzes.find((quiz) => quiz.key === key);
  return own?.alone ? [own] : quizzes.filter(({ alone }) => !alone);
}

/**
 * Status and score of a course, from its progress and tracking rules.
 *
 * "incomplete" until every tracked part is done, records included, because an LMS may open a course
 * with a final status read-only. "passed" if every quiz is taken, each with its own pass mark has
 * reached it, and the others together reach the course's. "failed" only if no attempt is left that
 * could change that, because an LMS offers a new attempt only after a final status; a course may
 * choose to stay incomplete instead.
 */
export const verdict = (
  { left, quizzes }: Pick<Standing, "left" | "quizzes">,
  tracking: Tracking,
): Verdict => ({
  status: word(left, quizzes, tracking),
  score: courseScore(quizzes),
});

/** The quizzes that keep the course from being passed. */
export function lacking(quizzes: QuizStanding[], tracking: Tracking) {
  const together = quizzes.filter(({ alone }) => !alone);
  const taken = together.every(({ score }) => score !== null);
  const enough = taken && (courseScore(together) ?? 0) >= tracking.pass_mark * 100;
  return quizzes.filter((quiz) => !(quiz.alone ? quiz.passed : enough));
}

/**
 * The quizzes that keep the course from being passed even if every attempt that is left gets full
 * marks.
 */
export const lost = (quizzes: QuizStanding[], tracking: Tracking) =>
  lacking(
    quizzes.map((quiz) => (quiz.open ? { ...quiz, score: FULL, passed: true } : quiz)),
    tracking,
  );

/** Whether no attempt is left at what is not passed. */
export function isSpent(quizzes: QuizStanding[], tracking: Tracking) {
  const missing = lacking(quizzes, tracking);
  return missing.length > 0 && !missing.some(({ open }) => open);
}

function word(left: number, quizzes: QuizStanding[], tracking: Tracking): Status {
  if (left) return "incomplete";
  if (!quizzes.length) return "completed";
  const missing = lacking(quizzes, tracking);
  if (!missing.length) return tracking.report === "completed" ? "completed" : "passed";
  return tracking.failed === "never" || missing.some(({ open }) => open) ? "incomplete" : "failed";
}

/**
 * Whether the score is reported to the LMS with this status.
 *
 * If the manifest has a mastery score, an LMS applies it whenever the trainee leaves, even to an
 * unfinished course (facts/moodle.md#finish-status-mastery). So it gets a score only if it would
 * judge it as the player does.
 */
export const tellsScore = (
  status: Status,
  score: Hundredths | null,
  { score: reportsScore, mastery }: Tracking,
) =>
  score !== null &&
  reportsScore &&
  (!mastery || status === (score < mastery * 100 ? "failed" : "passed"));

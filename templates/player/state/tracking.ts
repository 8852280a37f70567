// The policy: which status and score the LMS is told (facts/policy.md#tracking).

import { weightedMean, type Hundredths } from "./scoring.ts";
import type { Tracking } from "./course.ts";
import type { QuizStanding, Standing } from "./progress.ts";
import type { Key, Status } from "./state.ts";

/** Status and score for the LMS. */
export interface Verdict {
  status: Status;
  score: Hundredths | null;
}

/** What the work of a trainee comes to, and the `day` on which that is said, as YYYY-MM-DD. */
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

/** The higher of two statuses; one that SCORM 1.2 does not know is the lowest. */
export const higher = <T extends string>(status: T, other: T) =>
  rank(other) > rank(status) ? other : status;

/**
 * The weighted mean of the scores of quizzes in hundredths of a percent; null before any of them
 * was finished.
 */
export function courseScore(quizzes: QuizStanding[]): Hundredths | null {
  if (quizzes.every(({ score }) => score === null)) return null;
  return weightedMean(quizzes, ({ score }) => score ?? 0);
}

/**
 * The quizzes that are judged together with the one of a key: this one alone, or all that have no
 * pass mark of their own.
 */
export function judgedWith(key: Key, quizzes: QuizStanding[]) {
  const own = quizzes.find((quiz) => quiz.key === key);
  return own?.alone ? [own] : quizzes.filter(({ alone }) => !alone);
}

/**
 * Status and score of a course, from `measure` of progress.ts and the course's tracking settings.
 *
 * Incomplete until every tracked part is done, records included, because an LMS may open a course
 * with a final status read-only. Passed where every quiz was taken, each with a pass mark of its
 * own has reached it, and the others reach the course's together. Failed only when no attempt is
 * left that could change this, whatever word is reported for success: an LMS offers a new attempt
 * only after a final status. A course may ask to stay incomplete instead.
 */
export const verdict = (
  { left, quizzes }: Pick<Standing, "left" | "quizzes">,
  tracking: Tracking,
): Verdict => ({
  status: word(left, quizzes, tracking),
  score: courseScore(quizzes),
});

/** The quizzes that keep a course from being passed. */
export function lacking(quizzes: QuizStanding[], tracking: Tracking) {
  const together = quizzes.filter(({ alone }) => !alone);
  const taken = together.every(({ score }) => score !== null);
  const enough = taken && (courseScore(together) ?? 0) >= tracking.pass_mark * 100;
  return quizzes.filter((quiz) => !(quiz.alone ? quiz.passed : enough));
}

function word(left: number, quizzes: QuizStanding[], tracking: Tracking): Status {
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
 */
export const tellsScore = (
  status: Status,
  score: Hundredths | null,
  { score: tells, mastery }: Tracking,
) =>
  score !== null &&
  tells &&
  (mastery === null || status === (score < mastery * 100 ? "failed" : "passed"));

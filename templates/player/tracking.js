// The policy: what the LMS is told of a course (DESIGN.md, "Tracking policy").

const RANK = { "not attempted": 0, browsed: 0, incomplete: 1, failed: 2, completed: 3, passed: 4 };
const rank = (status) => RANK[status] ?? 0;

/** The higher of two statuses; one that SCORM 1.2 does not know is the lowest. */
export const higher = (one, other) => (rank(other) > rank(one) ? other : one);

/** The mean of the best scores in hundredths of a percent, null before any quiz was finished. */
export function courseScore(quizzes) {
  if (quizzes.every((quiz) => quiz.best === null)) return null;
  return Math.round(quizzes.reduce((sum, quiz) => sum + (quiz.best ?? 0), 0) / quizzes.length);
}

/**
 * Status and score of a course, from `measure` of progress.js and the course's tracking settings.
 *
 * Incomplete until every tracked part is done, records included, because an LMS may open a course
 * with a final status read-only. Failed only when no attempt is left, whatever word is reported
 * for success: an LMS offers a new attempt only after a final status.
 */
export function verdict({ left, quizzes }, tracking) {
  const score = courseScore(quizzes);
  return { status: word(left, quizzes, score, tracking), score };
}

function word(left, quizzes, score, tracking) {
  if (left) return "incomplete";
  if (!quizzes.length) return "completed";
  if (quizzes.every((quiz) => quiz.best !== null) && score >= tracking.pass_mark * 100) {
    return tracking.report === "completed" ? "completed" : "passed";
  }
  return quizzes.some((quiz) => quiz.open) ? "incomplete" : "failed";
}

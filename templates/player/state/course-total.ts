// The result of the course, as it is shown after a quiz.

import { measure, type QuizStanding, type Standing } from "./progress.ts";
import { courseScore, isSpent, judgedWith, lacking, lost, verdict } from "./tracking.ts";
import type { Outline, Page, QuizPage, Tracking } from "./course.ts";
import type { Hundredths } from "./scoring.ts";
import type { State } from "./state.ts";

/** The result of the quizzes that are judged together with one. */
export interface Total {
  /** How many quizzes there are. */
  quizzes: number;
  score: Hundredths;
  /** The pages still to be done, without this quiz. */
  todo: Page[];
  /** Whether the course is passed or completed. */
  finished: boolean;
  /** Whether no attempt is left at what is not passed. */
  spent: boolean;
  /** Whether the course can no longer be passed. */
  lost: boolean;
  /** The parts because of which that is so. */
  missed: Missed[];
}

/** What is judged together and can no longer be passed. */
export interface Missed {
  pages: Page[];
  score: Hundredths;
  mark: Hundredths;
}

/**
 * The result of the quizzes judged together with that of page `entry`, the pages left, and all
 * `pages`.
 */
export function courseTotal(
  entry: QuizPage,
  { outline, state, tracking }: { outline: Outline; state: State; tracking: Tracking },
) {
  const measured = measure(outline, state, tracking);
  const { quizzes } = measured;
  const together = judgedWith(entry.key, quizzes);
  const { status } = verdict(measured, tracking);
  return {
    quizzes: together.length,
    score: courseScore(together) ?? 0,
    todo: stillToDo(outline, measured, tracking).filter((page) => page !== entry),
    finished: status === "passed" || status === "completed",
    spent: isSpent(quizzes, tracking),
    lost: lost(quizzes, tracking).length > 0,
    missed: missedParts(outline, quizzes, tracking),
    pages: outline.pages,
  };
}

/** The pages that are still to be done, or whose quiz still has to be passed. */
export function stillToDo(outline: Outline, { quizzes, todo }: Standing, tracking: Tracking) {
  const open = lacking(quizzes, tracking)
    .filter((quiz) => quiz.open)
    .map(({ key }) => key);
  const isLeft = (page: Page) => todo.includes(page) || open.includes(page.key);
  return outline.pages.filter(isLeft);
}

/** What can no longer be passed; nothing if the whole course is judged by one mark. */
export function missedParts(
  { pages }: Pick<Outline, "pages">,
  quizzes: QuizStanding[],
  tracking: Tracking,
): Missed[] {
  const gone = lost(quizzes, tracking);
  const groups = new Map(quizzes.map((quiz) => [quiz.alone ? quiz.key : "", quiz]));
  if (groups.size < 2) return [];
  const missed = [...groups.values()].filter(({ key, alone }) =>
    gone.some((quiz) => (alone ? quiz.key === key : !quiz.alone)),
  );
  return missed.map(({ key, alone }) => {
    const judged = judgedWith(key, quizzes);
    const own = pages.filter((page) => judged.some((quiz) => quiz.key === page.key));
    const mark = (alone && own[0].quiz?.pass_mark) || tracking.pass_mark;
    return { pages: own, score: courseScore(judged) ?? 0, mark: mark * 100 };
  });
}

// The result of the course, as it is shown after a quiz.

import { measure, type Standing } from "./progress.ts";
import { courseScore, isSpent, judgedWith, lacking, verdict } from "./tracking.ts";
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
  /** Whether the course has a final result. */
  finished: boolean;
  /** Whether no attempt is left with which the course could be passed. */
  spent: boolean;
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
  return {
    quizzes: together.length,
    score: courseScore(together) ?? 0,
    todo: stillToDo(outline, measured, tracking).filter((page) => page !== entry),
    finished: verdict(measured, tracking).status !== "incomplete",
    spent: isSpent(quizzes, tracking),
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

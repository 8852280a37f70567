// How the course stands for who has taken one of its quizzes.

import { measure } from "./progress.js";
import { courseScore, judgedWith, lacking, verdict } from "./tracking.js";

/** @import {Outline, Page, QuizPage, Standing, State, Tracking} from "../types" */

/**
 * `quizzes`: how many are judged together with that of the page `entry`, `score`: theirs in
 * hundredths of a percent; `todo`: the other pages that are still to be done, or whose quiz is to
 * be passed; `finished`: whether the course has a final result; `pages`: all of the course.
 *
 * @param {QuizPage} entry
 * @param {{outline: Outline, state: State, tracking: Tracking}} course
 */
export function courseTotal(entry, { outline, state, tracking }) {
  const measured = measure(outline, state, tracking);
  const { quizzes } = measured;
  const together = judgedWith(entry.key, quizzes);
  return {
    quizzes: together.length,
    score: courseScore(together) ?? 0,
    todo: stillToDo(outline, measured, tracking).filter((page) => page !== entry),
    finished: verdict(measured, tracking).status !== "incomplete",
    pages: outline.pages,
  };
}

/**
 * The pages that are still to be done, or whose quiz is to be passed.
 *
 * @param {Outline} outline
 * @param {Standing} measured
 * @param {Tracking} tracking
 */
export function stillToDo(outline, { quizzes, todo }, tracking) {
  const open = lacking(quizzes, tracking)
    .filter((quiz) => quiz.open)
    .map(({ key }) => key);
  /** @param {Page} page */
  const isLeft = (page) => todo.includes(page) || open.includes(page.key);
  return outline.pages.filter(isLeft);
}

// The things that a page asks for, and what the state has of them.

/** @import {Needs, Page, QuizPage, State} from "../types" */

/**
 * The quiz of a page in the state, one without attempts where it has none.
 *
 * @param {Page} page
 * @param {State} state
 */
export const quizOf = ({ key }, { quizzes }) =>
  quizzes.get(key) ?? { attempts: 0, best: null, open: false };

/**
 * @param {Page} page
 * @returns {Needs}
 */
export const needsOf = ({ needs }) => needs ?? {};

/**
 * Whether a page has a quiz of which anything is asked.
 *
 * @param {Page} page
 * @returns {page is QuizPage}
 */
export const hasQuiz = (page) => Boolean(needsOf(page).quiz);

/**
 * @param {Page} page
 * @param {State} state
 */
export const recordItems = (page, state) =>
  (needsOf(page).record ?? []).map((key) => state.records.get(key));

/**
 * How a page is done: one that asks nothing is done as any other page is.
 *
 * @param {Page} page
 */
export const kindOf = (page) => {
  const { kind } = page;
  return kind !== "page" && needsOf(page)[kind] ? kind : "page";
};

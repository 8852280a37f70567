// The things that a page asks for, and what the state has of them.

import type { Needs, Page, QuizPage } from "./course.ts";
import type { State } from "./state.ts";

/** The quiz of a page in the state, one without attempts where it has none. */
export const quizOf = ({ key }: Page, { quizzes }: State) =>
  quizzes.get(key) ?? { attempts: 0, best: null, open: false };

export const needsOf = ({ needs }: Page): Needs => needs ?? {};

/** Whether a page has a quiz of which anything is asked. */
export const hasQuiz = (page: Page): page is QuizPage => Boolean(needsOf(page).quiz);

export const recordItems = (page: Page, state: State) =>
  (needsOf(page).record ?? []).map((key) => state.records.get(key));

/** How a page is done: one that asks nothing is done as any other page is. */
export const kindOf = (page: Page) => {
  const { kind } = page;
  return kind !== "page" && needsOf(page)[kind] ? kind : "page";
};

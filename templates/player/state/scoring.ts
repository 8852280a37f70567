// The credit for an answer, and the score of a quiz. The score of the course is in tracking.ts.

import type { Question } from "./question.ts";

/** A score, or the credit for an answer: from 0 to 10000. */
export type Hundredths = number;

/** All of a question's weight, in hundredths of a percent. */
export const FULL = 10000;

/** `part` of `whole` in hundredths of a percent, halves rounded up. */
export const share = (part: number, whole: number): Hundredths =>
  Math.floor((2 * part * FULL + whole) / (2 * whole));

/**
 * The mean of the values in hundredths of a percent, each with its weight, halves rounded up; 0
 * where nothing has a weight. Weights count to two decimals.
 */
export function weightedMean<T extends { weight: number }>(
  parts: T[],
  worth: (part: T) => Hundredths,
): Hundredths {
  const sum = (value: (part: T) => number) =>
    parts.reduce((total, part) => total + Math.round(part.weight * 100) * value(part), 0);
  const [earned, possible] = [sum(worth), sum(() => 1)];
  return possible ? Math.floor((2 * earned + possible) / (2 * possible)) : 0;
}

/**
 * The word for the credit of an answer: correct, partly or not_quite; answered where no answer is
 * right or wrong.
 */
export function verdictOf(question: Question, credit: Hundredths) {
  if (!question.scored) return "answered";
  if (credit === FULL) return "correct";
  return credit > 0 ? "partly" : "not_quite";
}

/**
 * The score of a quiz. `creditOf(question)` is the credit for its answer in hundredths of a percent
 * of its weight, 0 without an answer.
 *
 * Gives `scored`, how many questions count, `right` and `partly`, how many of them earned all or
 * some, and `hundredths` of a percent of all weight.
 */
export function scoreQuiz(questions: Question[], creditOf: (question: Question) => Hundredths) {
  const scored = questions.filter((question) => question.scored);
  return {
    scored: scored.length,
    right: scored.filter((question) => creditOf(question) === FULL).length,
    partly: scored.filter((question) => verdictOf(question, creditOf(question)) === "partly")
      .length,
    hundredths: weightedMean(scored, creditOf),
  };
}

/**
 * A score as it is shown, in whole percent: one that is not all, or does not reach a mark, is never
 * rounded up to it.
 */
export function shownScore(hundredths: Hundredths, mark: Hundredths = 0): Hundredths {
  const near = Math.round(hundredths / 100) * 100;
  const goals = [FULL, mark];
  return goals.some((goal) => hundredths < goal && near >= goal) ? near - 100 : near;
}

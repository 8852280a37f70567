// Credit for an answer, and the score of a quiz. tracking.ts has the score of the course.

import type { Question } from "./question.ts";

/** A score or credit, from 0 to 10000 hundredths of a percent. */
export type Hundredths = number;

/** Full credit. */
export const FULL = 10000;

/** `part` of `whole`, halves rounded up. */
export const share = (part: number, whole: number): Hundredths =>
  Math.floor((2 * part * FULL + whole) / (2 * whole));

/**
 * The weighted mean of the values, halves rounded up; 0 if no part has a weight. Weights count with
 * two decimals.
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

/** The word for a credit; "answered" if the question has no right answer. */
export function verdictOf(question: Question, credit: Hundredths) {
  if (!question.scored) return "answered";
  if (credit === FULL) return "correct";
  return credit > 0 ? "partly" : "not_quite";
}

/**
 * The score of a quiz. `creditOf(question)` returns the credit for its answer, 0 without one. In
 * the result, `scored` is the number of questions that count, `right` and `partly` how many of them
 * earned full or some credit, and `hundredths` the score.
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
 * A score rounded to whole percent for display. A score below 100 % or below the mark is never
 * rounded up to it.
 */
export function shownScore(hundredths: Hundredths, mark: Hundredths = 0): Hundredths {
  const near = Math.round(hundredths / 100) * 100;
  const goals = [FULL, mark];
  return goals.some((goal) => hundredths < goal && near >= goal) ? near - 100 : near;
}

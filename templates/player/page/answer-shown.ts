// When a trainee sees which answer was right: once they have tried, or the question is closed.

import { FULL, type Hundredths } from "../state/scoring.ts";
import type { Question } from "../state/question.ts";

const ENOUGH_TRIES = 2;

const tells = ({ reveal }: Question, over: boolean) =>
  reveal === "always" || (reveal !== "never" && over);

/** Whether an answer in practice tells, after so many `tries`. */
export const practiceTells = (question: Question, credit: Hundredths, tries: number) =>
  tells(question, credit === FULL || tries >= ENOUGH_TRIES);

/** Whether an answer in a quiz tells. It cannot be changed any more when it is shown again. */
export const quizTells = (question: Question) => tells(question, true);

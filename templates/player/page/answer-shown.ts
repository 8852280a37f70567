// Decides when the right answer is revealed: after enough tries, or when the question is closed.

import { FULL, type Hundredths } from "../state/scoring.ts";
import type { Question } from "../state/question.ts";

const ENOUGH_TRIES = 2;

const reveals = ({ reveal }: Question, over: boolean) =>
  reveal === "always" || (reveal !== "never" && over);

/** Whether feedback on a practice answer reveals the right one, after `tries`. */
export const practiceTells = (question: Question, credit: Hundredths, tries: number) =>
  reveals(question, credit === FULL || tries >= ENOUGH_TRIES);

/** Whether feedback on a quiz answer, which can no longer be changed, reveals the right one. */
export const quizTells = (question: Question) => reveals(question, true);

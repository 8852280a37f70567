// When a trainee is told which answer was right: once they have tried, and nothing is left to win.

import { courseTotal } from "../state/course-total.js";
import { attemptsLeft } from "../state/progress.js";
import { FULL } from "../state/scoring.js";

/** @import {Hundredths, Question, QuizGiven} from "../types" */

const ENOUGH_TRIES = 2;

/**
 * @param {Question} question
 * @param {boolean} over
 */
const tells = ({ reveal }, over) => reveal === "always" || (reveal !== "never" && over);

/**
 * Whether an answer in practice tells, after so many `tries`.
 *
 * @param {Question} question
 * @param {Hundredths} credit
 * @param {number} tries
 */
export const practiceTells = (question, credit, tries) =>
  tells(question, credit === FULL || tries >= ENOUGH_TRIES);

/**
 * Whether an answer in a quiz tells: once it is passed, or no attempt is left.
 *
 * @param {Question} question
 * @param {Pick<QuizGiven, "entry" | "store" | "outline" | "tracking">} given
 */
export const quizTells = (question, given) => tells(question, isOver(given));

/** @param {Pick<QuizGiven, "entry" | "store" | "outline" | "tracking">} given */
function isOver({ entry, store: { state }, outline, tracking }) {
  if (!attemptsLeft(entry, state)) return true;
  const taken = (state.quizzes.get(entry.key)?.best ?? null) !== null;
  const { score } = courseTotal(entry, { outline, state, tracking });
  return taken && score >= entry.quiz.pass_mark * 100;
}

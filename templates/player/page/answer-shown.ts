// When a trainee sees which answer was right: once they have tried, or the question is closed.

import { FULL } from "../state/scoring.js";

/** @import {Hundredths, Question} from "../types" */

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
 * Whether an answer in a quiz tells. It cannot be changed any more when it is shown again.
 *
 * @param {Question} question
 */
export const quizTells = (question) => tells(question, true);

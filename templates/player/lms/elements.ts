// Elements of SCORM 1.2's data model that more than one module names.

/** @import {Pair} from "../types" */

export const STATE = "cmi.suspend_data";
export const LOCATION = "cmi.core.lesson_location";
export const STATUS = "cmi.core.lesson_status";
export const SCORE = "cmi.core.score.";
export const RAW = `${SCORE}raw`;
// Of the course, and the score of a module.
const RESULT = /lesson_status|score\.raw/;

/** @param {Pair} pair */
export const isResult = ([element]) => RESULT.test(element);

/**
 * Whether it is part of an answer, or of a result.
 *
 * @param {Pair} pair
 */
export const isTold = (pair) => isResult(pair) || pair[0].startsWith("cmi.interactions");

/**
 * Whether an LMS that refuses it has refused what counts: every LMS has to take these.
 *
 * @param {Pair} pair
 */
export const isVital = (pair) => pair[0] === STATE || isResult(pair);

// Elements of SCORM 1.2's data model that more than one module names.

/** An element of SCORM 1.2's data model and its value. */
export type Pair = [element: string, value: string];

export const STATE = "cmi.suspend_data";
export const LOCATION = "cmi.core.lesson_location";
export const STATUS = "cmi.core.lesson_status";
export const SCORE = "cmi.core.score.";
export const RAW = `${SCORE}raw`;
// Of the course, and the score of a module.
const RESULT = /lesson_status|score\.raw/;

export const isResult = ([element]: Pair) => RESULT.test(element);

/** Whether it is part of an answer, or of a result. */
export const isTold = (pair: Pair) => isResult(pair) || pair[0].startsWith("cmi.interactions");

/** Whether an LMS that refuses it has refused what counts: every LMS has to take these. */
export const isVital = (pair: Pair) => pair[0] === STATE || isResult(pair);

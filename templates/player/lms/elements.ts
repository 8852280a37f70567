// Elements of SCORM 1.2's data model that several modules use.

export type Pair = [element: string, value: string];

export const STATE = "cmi.suspend_data";
export const LOCATION = "cmi.core.lesson_location";
export const SESSION_TIME = "cmi.core.session_time";
export const STATUS = "cmi.core.lesson_status";
export const SCORE = "cmi.core.score.";
export const RAW = `${SCORE}raw`;
// Status and score of the course, and the score of a module.
const RESULT = /lesson_status|score\.raw/;

export const isResult = ([element]: Pair) => RESULT.test(element);

export const isAnswer = ([element]: Pair) => element.startsWith("cmi.interactions");

export const isAnswerOrResult = (pair: Pair) => isResult(pair) || isAnswer(pair);

/** Whether the LMS must accept it for a save to count. */
export const isVital = (pair: Pair) => pair[0] === STATE || isResult(pair);

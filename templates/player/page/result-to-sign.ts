// The lines of a record that a manager signs: who the trainee is, and their result in the LMS.

import { shownScore } from "../state/scoring.js";
import { higher } from "../state/tracking.js";

/** @import {Hundredths, Say, SignedLines} from "../types" */
/**
 * @typedef {object} Given
 * @property {{digest: string}} course
 * @property {{launch: {status: string, learner: string}}} link See lms-link.js.
 * @property {() => {status?: string, score?: Hundredths | null}} held The result in the LMS; each
 *   is missing where it is not known.
 * @property {{day: string}} ended When the course was finished, "" where that is not known.
 * @property {{pass_mark: number}} tracking
 * @property {Say} say
 */

const FINAL = ["passed", "completed", "failed"];

/**
 * Gives a function that returns these lines. Whoever reads the sheet can tell what the LMS says now
 * from what it had confirmed, because some never say.
 *
 * @param {Given} given
 * @returns {() => SignedLines}
 */
export const createStanding =
  ({ course, link, held, ended, tracking, say }) =>
  () => {
    const { status, score } = held();
    const mark = tracking.pass_mark * 100;
    /** @param {string} words */
    const stand = (words) => (link.launch.status ? words : say("as_confirmed", { words }));
    const over = Boolean(status) && FINAL.includes(higher("incomplete", String(status)));
    const completed = ended.day ? say.day(ended.day) : say("ask_lms");
    // An LMS may say something else before there is a result, such as "not attempted".
    const result = status && {
      status: stand(say(`status_${higher("incomplete", status)}`)),
      score: score == null ? say("no_score") : stand(say.percent(shownScore(score, mark))),
    };
    return {
      learner: link.launch.learner,
      digest: course.digest.slice(0, 16),
      completed: !status || over ? completed : say("print_again"),
      ...(result || { status: say("ask_lms"), score: say("ask_lms") }),
    };
  };

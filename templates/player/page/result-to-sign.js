// The lines of a record that a manager signs: who the trainee is, and their result in the LMS.

import { higher } from "../state/tracking.js";

/** @import {Hundredths, Say, SignedLines} from "../types" */
/**
 * @typedef {object} Given
 * @property {{digest: string}} course
 * @property {{launch: {status: string, learner: string}}} link See lms-link.js.
 * @property {() => {status?: string, score?: Hundredths | null}} held The result in the LMS; each
 *   is missing where it is not known.
 * @property {Say} say
 */

/**
 * Gives a function that returns these lines. Whoever reads the sheet can tell what the LMS says now
 * from what it had confirmed, because some never say.
 *
 * @param {Given} given
 * @returns {() => SignedLines}
 */
export const createStanding =
  ({ course, link, held, say }) =>
  () => {
    const { status, score } = held();
    /** @param {string} words */
    const stand = (words) => (link.launch.status ? words : say("as_confirmed", { words }));
    // An LMS may say something else before there is a result, such as "not attempted".
    const result = status && {
      status: stand(say(`status_${higher("incomplete", status)}`)),
      score: score == null ? say("no_score") : stand(say.percent(score)),
    };
    return {
      learner: link.launch.learner,
      digest: course.digest.slice(0, 16),
      ...(result || { status: say("ask_lms"), score: say("ask_lms") }),
    };
  };

// Who the trainee is and what their LMS holds of the result: what a manager signs.

import { higher } from "../state/tracking.js";

/**
 * Gives a function for what the sheet of a record has of them, in words. `held()` is status and score
 * of the LMS, each missing where nothing is known of it; `link` is that of lms-link.js. Whoever reads the
 * sheet can tell what the LMS says now from what it had confirmed, because some never say.
 */
export const createStanding =
  ({ course, link, held, say }) =>
  () => {
    const { status, score } = held();
    const stand = (words) => (link.launch.status ? words : say("as_confirmed", { words }));
    // An LMS may say something else before there is a result, such as "not attempted".
    const found = status && {
      status: stand(say(`status_${higher("incomplete", status)}`)),
      score: score === null ? say("no_score") : stand(say.percent(score)),
    };
    return {
      learner: link.launch.learner,
      digest: course.digest.slice(0, 16),
      ...(found || { status: say("ask_lms"), score: say("ask_lms") }),
    };
  };

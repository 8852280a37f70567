// “15 right, 1 partly right, 3 not right”.

/** @import {Earned, Say} from "../types" */

/**
 * @param {Pick<Earned, "scored" | "right" | "partly">} counts
 * @param {Say} say
 */
export function countsInWords({ right, partly, scored }, say) {
  const wrong = scored - right - partly;
  const parts = [
    right || !(partly || wrong) ? say.count("n_right", right) : "",
    partly ? say.count("n_partly", partly) : "",
    wrong ? say.count("n_wrong", wrong) : "",
  ];
  return parts.filter(Boolean).join(say("comma"));
}

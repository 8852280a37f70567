// What is written to the LMS with one save.

import { encodeWithin } from "../state/fitting.js";
import { LOCATION, STATE } from "./elements.js";
import { STATE_LIMIT, STRING_LIMIT, timespan } from "./limits.js";

/** @import {Batch, Facts, Pair, Shortening, State} from "../types" */

/**
 * The batch for a `state`, from what is known of the LMS and the moment. Pure: whoever takes the
 * batch lets the state say what is `noted`. `shortenings` are those of shortening.js.
 *
 * Answers come before the state, which must not say more than the LMS was told; the results come
 * last, and of them the status.
 *
 * @param {State} state
 * @param {Facts} facts
 * @param {Shortening[]} shortenings
 * @returns {Batch}
 */
export function plan(state, facts, shortenings) {
  // A changed value makes Moodle send again what it wrongly believes to have sent.
  const noted = { ...facts.noted, saves: state.saves + Number(facts.changed) };
  const text = encodeWithin({ ...state, ...noted, ...facts.kept }, STATE_LIMIT, shortenings);
  /** @type {Pair[]} */
  const pairs = [
    [LOCATION, facts.lower.includes(LOCATION) ? "" : facts.location.slice(0, STRING_LIMIT)],
    ["cmi.core.exit", "suspend"],
    ["cmi.core.session_time", timespan(facts.elapsed)],
    ...facts.results,
  ];
  if (text !== null) pairs.unshift([STATE, text]);
  return { ...facts, noted, full: text === null, pairs: [...facts.answers, ...pairs] };
}

// Makes a state fit where the LMS has no room for all of it: the least important part goes first.

import { encode } from "./codec.js";

/** @import {Shortening, State} from "../types" */

/**
 * The text of a state within `limit` characters; null where even the least that matters is too
 * long. Which answers the LMS is still to be told of goes first, then what each of `shortenings`
 * (see shortening.js) leaves out.
 *
 * @param {State} state
 * @param {number} limit
 * @param {Shortening[]} shortenings
 */
export function encodeWithin(state, limit, shortenings) {
  let kept = state;
  for (const less of [whole, withoutLate, ...shortenings]) {
    kept = less(kept);
    const text = fitting(kept, limit);
    if (text) return text;
  }
  return null;
}

/**
 * @param {State} state
 * @param {number} limit
 */
function fitting(state, limit) {
  try {
    const text = encode(state);
    return text.length <= limit ? text : null;
  } catch {
    return null;
  }
}

/** @param {State} state */
const whole = (state) => state;

/**
 * @param {State} state
 * @returns {State}
 */
const withoutLate = (state) => ({ ...state, late: new Set() });

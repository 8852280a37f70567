// Makes a state fit where the LMS has no room for all of it: the least important part goes first.

import { encode } from "./codec.ts";
import type { Shortening } from "./shortening.ts";
import type { State } from "./state.ts";

/**
 * The text of a state within `limit` characters; null where even the least that matters is too
 * long. Which answers the LMS is still to be told of goes first, then what each of `shortenings`
 * (see shortening.ts) leaves out.
 */
export function encodeWithin(state: State, limit: number, shortenings: Shortening[]) {
  let kept = state;
  for (const less of [whole, withoutLate, ...shortenings]) {
    kept = less(kept);
    const text = fitting(kept, limit);
    if (text) return text;
  }
  return null;
}

function fitting(state: State, limit: number) {
  try {
    const text = encode(state);
    return text.length <= limit ? text : null;
  } catch {
    return null;
  }
}

const whole = (state: State) => state;

const withoutLate = (state: State): State => ({ ...state, late: new Set() });

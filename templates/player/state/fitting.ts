// Makes a state fit into the LMS's limit by leaving out the least important parts first.

import { encode } from "./codec.ts";
import type { Shortening } from "./shortening.ts";
import type { State } from "./state.ts";

/**
 * Encodes a state within `limit` characters; null if even the essential part is too long. Leaves
 * out first which answers the LMS lacks, then what each of the `shortenings` removes
 * (shortening.ts).
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

// Plans what one save writes to the LMS.

import { encodeWithin } from "../state/fitting.ts";
import { LOCATION, SESSION_TIME, STATE, type Pair } from "./elements.ts";
import { STATE_LIMIT, STRING_LIMIT, timespan } from "./limits.ts";
import type { Shortening } from "../state/shortening.ts";
import type { State } from "../state/state.ts";
import type { Facts } from "./facts.ts";

/** What one save writes, from a single reading of the state. */
export interface Batch extends Facts {
  /** All values that the LMS is to have, in the order of writing. */
  pairs: Pair[];
  noted: Pick<State, "reported" | "late" | "interactions" | "saves">;
  /** Whether the state does not fit, so that it is not written. */
  full: boolean;
}

/**
 * Plans the batch for a `state`. Pure: the caller copies `noted` into the state.
 *
 * Answers come before the state, which must not claim more than the LMS has received. Results come
 * last, and the status after them.
 */
export function plan(state: State, facts: Facts, shortenings: Shortening[]): Batch {
  // A changed counter makes Moodle send a state again that it wrongly believes to have sent.
  const noted = { ...facts.noted, saves: state.saves + Number(facts.changed) };
  const text = encodeWithin({ ...state, ...noted, ...facts.kept }, STATE_LIMIT, shortenings);
  const pairs: Pair[] = [
    [LOCATION, facts.lower.includes(LOCATION) ? "" : facts.location.slice(0, STRING_LIMIT)],
    ["cmi.core.exit", "suspend"],
    [SESSION_TIME, timespan(facts.elapsed)],
    ...facts.results,
  ];
  if (text !== null) pairs.unshift([STATE, text]);
  return { ...facts, noted, full: text === null, pairs: [...facts.answers, ...pairs] };
}

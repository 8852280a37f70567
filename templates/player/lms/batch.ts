// What is written to the LMS with one save.

import { encodeWithin } from "../state/fitting.ts";
import { LOCATION, STATE, type Pair } from "./elements.ts";
import { STATE_LIMIT, STRING_LIMIT, timespan } from "./limits.ts";
import type { Shortening } from "../state/shortening.ts";
import type { State } from "../state/state.ts";
import type { Facts } from "./facts.ts";

/** What is written with one save, from one look at the state. */
export interface Batch extends Facts {
  /** All that the LMS is to have, in this order. */
  pairs: Pair[];
  noted: Pick<State, "reported" | "late" | "interactions" | "saves">;
  /** Whether the state has no room. */
  full: boolean;
}

/**
 * The batch for a `state`, from what is known of the LMS and the moment. Pure: whoever takes the
 * batch lets the state say what is `noted`. `shortenings` are those of shortening.ts.
 *
 * Answers come before the state, which must not say more than the LMS was told; the results come
 * last, and of them the status.
 */
export function plan(state: State, facts: Facts, shortenings: Shortening[]): Batch {
  // A changed value makes Moodle send again what it wrongly believes to have sent.
  const noted = { ...facts.noted, saves: state.saves + Number(facts.changed) };
  const text = encodeWithin({ ...state, ...noted, ...facts.kept }, STATE_LIMIT, shortenings);
  const pairs: Pair[] = [
    [LOCATION, facts.lower.includes(LOCATION) ? "" : facts.location.slice(0, STRING_LIMIT)],
    ["cmi.core.exit", "suspend"],
    ["cmi.core.session_time", timespan(facts.elapsed)],
    ...facts.results,
  ];
  if (text !== null) pairs.unshift([STATE, text]);
  return { ...facts, noted, full: text === null, pairs: [...facts.answers, ...pairs] };
}

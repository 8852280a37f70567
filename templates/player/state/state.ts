// The state of a trainee: its limits, an empty one, and starting again.

import { ALPHABET } from "./bits.js";

/** @import {State} from "../types" */

export const TRIES_LIMIT = 7;
export const ATTEMPTS_LIMIT = 1023;
export const BEST_LIMIT = 10000;
/** Characters of an attempt's name. */
export const ATTEMPT_SIZE = 8;

/**
 * A state of nothing done. `attempt` is 8 base64url characters.
 *
 * @param {string} attempt
 * @returns {State}
 */
export const emptyState = (attempt) => ({
  attempt,
  saves: 0,
  status: "incomplete",
  score: null,
  reported: false,
  interactions: 0,
  bookmark: "",
  edition: "",
  visited: new Set(),
  checks: new Map(),
  quizzes: new Map(),
  records: new Map(),
  late: new Set(),
  finished: null,
  lost: [],
});

/**
 * Forget what was visited and practised; results and the record are not for the player to undo.
 *
 * @param {State} state
 */
export function startAgain(state) {
  state.visited.clear();
  state.checks.clear();
}

/** A random name for an attempt. */
export const newAttempt = () =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(ATTEMPT_SIZE)),
    (byte) => ALPHABET[byte % 64],
  ).join("");

// What the LMS has taken, as far as is known.

import { isVital } from "./elements.js";

/** @import {Delivery, Ledger, Pair} from "../types" */

// An LMS that refuses another element in so many batches of which it takes something does not know
// it.
const REFUSALS = 3;

/**
 * @param {Pair[]} stored What it has already.
 * @returns {Ledger}
 */
export function createLedger(stored) {
  const written = new Map(stored);
  /** @type {Set<string>} */
  const taken = new Set();
  /** @type {Map<string, number>} */
  const refusals = new Map();

  /** @param {Pair} pair */
  const has = ([element, value]) => written.get(element) === value;

  return {
    taken,
    has,
    enter([element, value], took) {
      if (took) {
        written.set(element, value);
        taken.add(element);
      } else written.delete(element);
    },
    forget(pair) {
      if (has(pair)) written.delete(pair[0]);
    },
    close({ sent, refused }) {
      if (refused.length === sent.length) return;
      for (const pair of refused) {
        const [element, value] = pair;
        const times = (refusals.get(element) ?? 0) + 1;
        refusals.set(element, times);
        if (!isVital(pair) && times >= REFUSALS) written.set(element, value);
      }
    },
  };
}

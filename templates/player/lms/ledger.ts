// What the LMS has taken, as far as is known.

import { isVital, type Pair } from "./elements.ts";
import type { Delivery } from "./delivery.ts";

/** What the LMS has taken, as far as is known. */
export interface Ledger {
  /** Elements of which it ever took a value in this visit. */
  taken: Set<string>;
  /** Whether a value was written, and is not known to be lost. */
  has(pair: Pair): boolean;
  enter(pair: Pair, took: boolean): void;
  /** A value that was written has not reached the LMS. */
  forget(pair: Pair): void;
  /** What is refused time and again is left alone. */
  close(delivery: Delivery): void;
}

// An LMS that refuses another element in so many batches of which it takes something does not know
// it.
const REFUSALS = 3;

/** @param stored What it has already. */
export function createLedger(stored: Pair[]): Ledger {
  const written = new Map(stored);
  const taken = new Set<string>();
  const refusals = new Map<string, number>();

  const has = ([element, value]: Pair) => written.get(element) === value;

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

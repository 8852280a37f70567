// Remembers which values the LMS has accepted.

import { isAnswer, isVital, type Pair } from "./elements.ts";
import type { Delivery } from "./delivery.ts";

export interface Ledger {
  /** Elements of which the LMS has accepted a value in this visit. */
  taken: Set<string>;
  /** Whether the value was written, and is not known to be lost. */
  has(pair: Pair): boolean;
  enter(pair: Pair, took: boolean): void;
  /** Forgets a value that did not reach the LMS. */
  forget(pair: Pair): void;
  /** Forgets every value of this visit. */
  again(): void;
  /**
   * Ends a delivery, and sets `due` in it: elements that are refused repeatedly are no longer
   * written, or waited for.
   */
  close(delivery: Delivery): void;
}

// An LMS does not know an element that it refuses in this many batches, of each of which it accepts
// something.
const REFUSALS = 3;

/** @param stored What the LMS already holds. */
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
    again() {
      for (const element of taken) written.delete(element);
    },
    close(delivery) {
      const { sent, refused } = delivery;
      for (const pair of refused) {
        const [element, value] = pair;
        const times = (refusals.get(element) ?? 0) + Number(refused.length < sent.length);
        refusals.set(element, times);
        if (times < REFUSALS) delivery.due ||= isAnswer(pair);
        else if (!isVital(pair)) written.set(element, value);
      }
    },
  };
}

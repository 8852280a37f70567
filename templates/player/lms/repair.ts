// What was lost on the way to the LMS, and how it gets there all the same.

import { LOCATION, RAW, STATUS, isTold, type Pair } from "./elements.ts";
import type { Delivery } from "./delivery.ts";
import type { LineState } from "./evidence.ts";

/** What earlier deliveries have left behind. */
export interface Trouble {
  /**
   * "down" or "unknown" after one that did not arrive, until one does; then "mending" until what
   * was lost has been lowered; else "" or nothing.
   */
  line?: LineState | "mending" | "";
  /** Whether the line was ever up. */
  proved?: boolean;
  /** Whether it was ever seen that the LMS saves. */
  witnessed?: boolean;
  /** Elements of what was lost. */
  lost: string[];
  /** Failures in a row. */
  failures: number;
  /** These, but for those of a line that was known to be down. */
  tries: number;
}

export const NO_TROUBLE: Trouble = { lost: [], failures: 0, tries: 0 };

/** Whether it is lowered once it was lost. What is low by itself need not be. */
const isMended = ([element, value]: Pair) =>
  [RAW, LOCATION, STATUS].includes(element) && !(element === STATUS && value === "incomplete");

/**
 * What is left of `trouble` after a delivery.
 *
 * An LMS may mark lost values as sent and send only what changed since (facts/moodle.md#transport).
 * So once a failure is over, a result that was on the way is written a little lower in one batch
 * and rightly in the next; of a place, none and then the right one. A score has to be another
 * number: Moodle takes "100.0" for "100". While the line is not proved to work nothing is lowered,
 * nor where the LMS saves `each` value by itself.
 *
 * Where an LMS that was seen to save is not seen to save an answer or a result, that may be lost:
 * it may have sent a beacon while the page was hidden. One that was seen to fail has to be seen to
 * save again: scormhost sends nothing more in that visit (facts/learning-systems.md).
 */
export function repaired(
  trouble: Trouble,
  { batch, sent, line }: Delivery,
  { each }: { each: boolean },
): Trouble {
  const witnessed = trouble.witnessed || line === "up";
  const failed = witnessed && trouble.line === "down";
  if (line === "up" || (line === "reached" && !failed && !(witnessed && sent.some(isTold)))) {
    const lost = batch.lower.length ? [] : trouble.lost;
    return { ...trouble, proved: true, witnessed, lost, line: lost.length ? "mending" : "" };
  }
  return {
    ...trouble,
    line: line === "down" || failed ? "down" : "unknown",
    lost: [...trouble.lost, ...(each ? [] : sent.filter(isMended).map(([element]) => element))],
  };
}

/** The elements that are lowered in the next batch: of the result, and the place. */
export const lowered = ({ line, lost }: Trouble) => (line === "mending" ? lost : []);

/**
 * Whether what was written last may not have arrived. A line that was never up in this visit does
 * not say.
 */
export const isUnsure = ({ line, proved }: Trouble) =>
  line === "down" || (line === "unknown" && proved);

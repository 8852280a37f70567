// Decides how values that were lost on the way reach the LMS after all.

import { LOCATION, RAW, STATUS, isAnswerOrResult, type Pair } from "./elements.ts";
import type { Delivery } from "./delivery.ts";
import type { LineState } from "./evidence.ts";

/** What earlier deliveries have left to repair. */
export interface Trouble {
  /**
   * "down" or "unknown" after a delivery that did not arrive, until one does; then "repair" until
   * what was lost has been written lower.
   */
  line?: LineState | "repair" | "";
  /** Whether the line has been up in this visit. */
  proved?: boolean;
  /** Whether a request of the LMS has been seen, so that its next ones can be seen, too. */
  witnessed?: boolean;
  /** Elements whose values were lost. */
  lost: string[];
  /** Failures in a row. */
  failures: number;
  /** Failures in a row, without those while the browser was offline. */
  tries: number;
}

export const NO_TROUBLE: Trouble = { lost: [], failures: 0, tries: 0 };

/** Whether a lost value has to be written lower once. Low values need not. */
const needsLowering = ([element, value]: Pair) =>
  [RAW, LOCATION, STATUS].includes(element) && !(element === STATUS && value === "incomplete");

/**
 * What is left of `trouble` after a delivery.
 *
 * An LMS may mark lost values as sent, and then send only what changes (facts/moodle.md#transport).
 * So when a failure is over, a lost result is written a little lower in one batch and correctly in
 * the next; the location is written empty and then correctly. A score has to differ as a number,
 * because Moodle treats "100.0" like "100". Nothing is lowered while the line is not proved to
 * work, or if the LMS saves `each` value by itself.
 *
 * If requests of the LMS have been seen, but none for an answer or a result, that may be lost: the
 * LMS may have used a beacon while the page was hidden. An LMS that was seen to fail has to be seen
 * to save again, because scormhost sends nothing more in that visit (facts/learning-systems.md).
 */
export function repaired(
  trouble: Trouble,
  { batch, sent, line, witnessed: seen }: Delivery,
  { each }: { each: boolean },
): Trouble {
  const witnessed = trouble.witnessed || line === "up" || seen;
  const failed = witnessed && trouble.line === "down";
  if (
    line === "up" ||
    (line === "reached" && !failed && !(witnessed && sent.some(isAnswerOrResult)))
  ) {
    const lost = batch.lower.length ? [] : trouble.lost;
    return { ...trouble, proved: true, witnessed, lost, line: lost.length ? "repair" : "" };
  }
  return {
    ...trouble,
    witnessed,
    line: line === "down" || failed ? "down" : "unknown",
    lost: [
      ...trouble.lost,
      ...(each ? [] : sent.filter(needsLowering).map(([element]) => element)),
    ],
  };
}

/** The elements that the next batch writes lower. */
export const lowered = ({ line, lost }: Trouble) => (line === "repair" ? lost : []);

/**
 * Whether what was written last may be lost. A line that has never been up in this visit proves
 * nothing.
 */
export const isUnsure = ({ line, proved }: Trouble) =>
  line === "down" || (line === "unknown" && proved);

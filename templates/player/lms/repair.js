// What was lost on the way to the LMS, and how it gets there all the same.

import { LOCATION, RAW, STATUS } from "./elements.js";

/** @import {Delivery, LineState, Pair, Trouble} from "../types" */

/** @type {Trouble} */
export const NO_TROUBLE = { lost: [], failures: 0, tries: 0 };

/**
 * Whether it is lowered once it was lost. What is low by itself need not be.
 *
 * @param {Pair} pair
 */
const isMended = ([element, value]) =>
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
 * An LMS may confirm what cannot have arrived. Moodle does so while the line is down, and is right
 * about each later commit; scormhost does so too, and sends nothing more in that visit
 * (facts/scorm-1.2.md 4). From here the two look alike, but for this: Moodle keeps a list of
 * interactions and `counts` it, the other takes anything and says nothing. So an LMS that does not
 * count is not believed any more once it was wrong: until the next visit shows what there is, all
 * is sent and not confirmed. Where it saves each value by itself, one that fails does not hold up
 * the next.
 *
 * @param {Trouble} trouble
 * @param {Delivery} delivery
 * @param {{counts: boolean, each: boolean}} lms
 * @returns {Trouble}
 */
export function repaired(trouble, { batch, sent, sure, line }, { counts, each }) {
  if (line === "up") {
    const lost = batch.lower.length ? [] : trouble.lost;
    return { ...trouble, proved: true, lost, line: lost.length ? "mending" : "" };
  }
  return {
    ...trouble,
    line: /** @type {LineState} */ (line),
    doubted: trouble.doubted || (sure && !counts && !each),
    lost: [...trouble.lost, ...(each ? [] : sent.filter(isMended).map(([element]) => element))],
  };
}

/**
 * The elements that are lowered in the next batch: of the result, and the place.
 *
 * @param {Trouble} trouble
 */
export const lowered = ({ line, lost }) => (line === "mending" ? lost : []);

/**
 * Whether what was written last may not have arrived. A line that was never up in this visit does
 * not say.
 *
 * @param {Trouble} trouble
 */
export const isUnsure = ({ line, proved }) => line === "down" || (line === "unknown" && proved);

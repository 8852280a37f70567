// What was lost on the way to the LMS, and how it gets there all the same.

import { LOCATION, RAW, STATUS, isTold } from "./elements.js";

/** @import {Delivery, Pair, Trouble} from "../types" */

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
 * Where an LMS that was seen to save is not seen to save an answer or a result, that may be lost:
 * it may have sent a beacon while the page was hidden. One that was seen to fail has to be seen to
 * save again: scormhost sends nothing more in that visit (facts/learning-systems.md).
 *
 * @param {Trouble} trouble
 * @param {Delivery} delivery
 * @param {{each: boolean}} lms
 * @returns {Trouble}
 */
export function repaired(trouble, { batch, sent, line }, { each }) {
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

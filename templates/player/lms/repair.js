// What was lost on the way to the LMS, and how it gets there all the same.

import { RAW, STATUS } from "./status-and-score.js";

/** @import {LineState, Pair} from "../types" */

export const LOCATION = "cmi.core.lesson_location";
/** @type {Set<string>} */
const NONE = new Set();

/**
 * Judges batches by whether the LMS could be reached after them.
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
 * @param {{counts: boolean, each: boolean}} lms
 */
export function createRepair({ counts, each }) {
  // "down" or "unknown" after a batch that did not arrive, by how the line was, until one does;
  // then "mending" until the lost result has been lowered; else "".
  /** @type {"" | "mending" | LineState} */
  let trouble = "";
  let believed = true;
  let proved = false;
  /** @type {Set<string>} */
  const lost = new Set();

  return {
    /** Whether what was written last is known not to have arrived. */
    get down() {
      return trouble === "down";
    },
    /** Whether it may not have arrived. A line that was never up in this visit does not say. */
    get unsure() {
      return trouble === "down" || (trouble === "unknown" && proved);
    },
    /** Whether what the LMS confirms is to be believed. */
    get believed() {
      return believed;
    },
    /** The elements that are lowered in the next batch: of the result, and the place. */
    get lower() {
      return trouble === "mending" ? lost : NONE;
    },
    /**
     * A batch did not arrive: its pairs, and whether the LMS is `sure` of it.
     *
     * @param {{sent: Pair[], sure: boolean | null}} batch
     * @param {LineState} line
     */
    lose({ sent, sure }, line) {
      if (sure && !counts && !each) believed = false;
      for (const [element, value] of each ? [] : sent) {
        const low = element === STATUS && value === "incomplete";
        if ([RAW, LOCATION, STATUS].includes(element) && !low) lost.add(element);
      }
      trouble = line;
    },
    /**
     * A batch arrived, with what was lost `lowered` or not. "fine" where nothing was lost; "over"
     * where the one before did not arrive; "mending" where more has to be written.
     *
     * @param {{lowered: boolean}} batch
     */
    arrive({ lowered }) {
      proved = true;
      if (!trouble) return "fine";
      const over = trouble !== "mending";
      if (lowered) lost.clear();
      trouble = lost.size ? "mending" : "";
      return over ? "over" : "mending";
    },
  };
}

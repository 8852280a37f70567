// What was lost on the way to the LMS, and how it gets there all the same.

import { RAW, STATUS } from "./result.js";

const NONE = new Set();

/**
 * Judges batches by whether the LMS could be reached after them.
 *
 * An LMS may mark lost values as sent and send only what changed since (MOODLE.md, "Transport"). So
 * once a failure is over, a result that was on the way is written a little lower in one batch and
 * rightly in the next. It has to be another number: Moodle takes "100.0" for "100". While the line is
 * not proved to work nothing is lowered, nor where the LMS saves `each` value by itself.
 *
 * An LMS may confirm what cannot have arrived. Moodle does so while the line is down, and is right
 * about each later commit; scormhost does so too, and sends nothing more in that visit (SCORM12.md 4).
 * From here the two look alike, but for this: Moodle keeps a list of interactions and `counts` it, the
 * other takes anything and says nothing. So an LMS that does not count is not believed any more once
 * it was wrong: until the next visit shows what there is, all is sent and not confirmed. Where it
 * saves each value by itself, one that fails does not hold up the next.
 */
export function createRepair({ counts, each }) {
  // "down" or "unknown" after a batch that did not arrive, by how the line was, until one does; then
  // "mending" until the lost result has been lowered; else "".
  let trouble = "";
  let believed = true;
  const lost = new Set();

  return {
    /** Whether what was written last is known not to have arrived. */
    get down() {
      return trouble === "down";
    },
    /** Whether what the LMS confirms is to be believed. */
    get believed() {
      return believed;
    },
    /** The elements of the result that are lowered in the next batch. */
    get lower() {
      return trouble === "mending" ? lost : NONE;
    },
    /** A batch did not arrive: its pairs, and whether the LMS is `sure` of it; the line was "down" or "unknown". */
    lose({ sent, sure }, line) {
      if (sure && !counts && !each) believed = false;
      for (const [element, value] of each ? [] : sent) {
        if (element === RAW || (element === STATUS && value !== "incomplete")) lost.add(element);
      }
      trouble = line;
    },
    /**
     * A batch arrived, with the lost result `lowered` or not. "fine" where nothing was lost; "over"
     * where the one before did not arrive; "mending" where more has to be written.
     */
    arrive({ lowered }) {
      if (!trouble) return "fine";
      const over = trouble !== "mending";
      if (lowered) lost.clear();
      trouble = lost.size ? "mending" : "";
      return over ? "over" : "mending";
    },
  };
}

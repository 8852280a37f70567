// What was done before the LMS could be read joins what it has kept of earlier visits.

import { carryOver } from "../state/edits.js";
import { merge } from "../state/merge.js";
import { forgetWords } from "../state/private-words.js";
import { resumePage } from "../shell/resume-page.js";
import { decode } from "../state/codec.js";
import { higher } from "../state/tracking.js";

/** @import {EarlierVisits, Launch, Outline, Page, State, Status, Store} from "../types" */
/**
 * @typedef {object} JoinParts
 * @property {Store} store
 * @property {Launch} launch
 * @property {Outline} outline
 * @property {string} edition
 * @property {boolean} stayed
 */

/**
 * What is known of earlier visits from the state that was read, null for none.
 *
 * @param {State | null} read
 * @param {string} edition
 * @returns {EarlierVisits}
 */
export const earlierVisits = (read, edition) => ({
  read: Boolean(read),
  changed: Boolean(read?.edition) && /** @type {State} */ (read).edition !== edition,
  seen: new Set(read?.visited),
});

/**
 * Joins the state of `store` with the one in `launch`. `stayed` is whether the trainee is still on
 * the first page. Gives what is known of earlier `visits`, and the page to `resume` at or null; as
 * long as the trainee has the choice, the bookmark is the earlier one.
 *
 * @param {JoinParts} parts
 * @returns {{visits: EarlierVisits, resume: Page | null}}
 */
export function join({ store, launch, outline, edition, stayed }) {
  const read = decode(launch.state);
  const visits = earlierVisits(read, edition);
  if (read) {
    carryOver(read, outline);
    forgetWords(read, outline);
  }
  const resume = stayed ? resumePage(outline.pages, read ?? store.state, launch.location) : null;
  store.change((state) => {
    const { bookmark } = state;
    if (read)
      Object.assign(state, merge(read, state, outline, read.attempt !== state.attempt), {
        edition,
      });
    state.bookmark = resume ? (read?.bookmark ?? "") : bookmark;
    // A status that SCORM 1.2 does not know is never the higher one.
    state.status = /** @type {Status} */ (
      higher(/** @type {string} */ (state.status), launch.status)
    );
  });
  return { visits, resume };
}

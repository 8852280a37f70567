// The trainee's work at the start of a visit: what the LMS has kept of it, in today's course.

import { earlierVisits } from "../keep/earlier-visits.js";
import { createInteractions } from "../lms/interactions.js";
import { resumePage } from "../shell/resume.js";
import { decode } from "../state/codec.js";
import { emptyState, newAttempt } from "../state/state.js";
import { carryOver } from "../state/edits.js";
import { createStore } from "../state/store.js";
import { higher } from "../state/tracking.js";

/** @import {Launch, Status, WholeCourse, Work} from "../types" */

/**
 * @param {WholeCourse} course
 * @param {Launch} launch
 * @returns {Work}
 */
export function readWork({ outline, edition }, launch) {
  const restored = decode(launch.state);
  const state = restored ?? emptyState(newAttempt());
  // A status that SCORM 1.2 does not know is never the higher one.
  state.status = /** @type {Status} */ (
    higher(/** @type {string} */ (state.status), launch.status)
  );
  for (const page of outline.pages) page.former = outline.former?.[page.key];
  carryOver(state, outline);
  const earlier = earlierVisits(restored, edition);
  state.edition = edition;
  return {
    store: createStore(state),
    interactions: createInteractions(launch.interactions, () => new Date(), state.interactions),
    earlier,
    resuming: {
      page: /^#\//.test(location.hash) ? null : resumePage(outline.pages, state, launch.location),
    },
  };
}

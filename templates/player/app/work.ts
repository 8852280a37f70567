// The trainee's work at the start of a visit: what the LMS has kept of it, in today's course.

import { earlierVisits } from "../keep/earlier-visits.js";
import { createInteractions } from "../lms/interactions.js";
import { decode } from "../state/codec.js";
import { emptyState, newAttempt } from "../state/state.js";
import { carryOver } from "../state/edits.js";
import { createStore } from "../state/store.js";
import { higher } from "../state/tracking.js";

/** @import {Launch, Page, Status, WholeCourse, Work} from "../types" */

/**
 * `complete()` is called once the outline is whole.
 *
 * @param {WholeCourse} course
 * @param {Launch} launch
 * @returns {Work}
 */
export function readWork({ outline, edition, tracking }, launch) {
  const restored = decode(launch.state);
  const state = restored ?? emptyState(newAttempt());
  // A status that SCORM 1.2 does not know is never the higher one.
  state.status = /** @type {Status} */ (
    higher(/** @type {string} */ (state.status), launch.status)
  );
  const store = createStore(state);
  // Where the trainee was is not known before all pages are.
  const been = Boolean(state.bookmark || launch.location || state.visited.size);
  const resuming = {
    page: /** @type {Page | null} */ (null),
    open: been && !/^#\/./.test(location.hash),
  };
  const earlier = earlierVisits(restored, edition);
  return {
    store,
    interactions: createInteractions(launch.interactions, () => new Date(), state.interactions),
    earlier,
    ended: { day: "" },
    begun: null,
    resuming,
    complete({ resumePage, measure, verdict }) {
      for (const page of outline.pages) page.former = outline.former?.[page.key];
      carryOver(state, outline);
      carryOver({ ...state, visited: earlier.seen }, outline);
      state.edition = edition;
      const dated = outline.certificate || outline.pages.some(({ kind }) => kind === "record");
      if (dated) state.finished ??= "";
      if (resuming.open) resuming.page = resumePage(outline.pages, state, launch.location);
      resuming.open = false;
      // What was saved meanwhile did not know that this is the end of the course.
      const { status, score } = verdict(measure(outline, state, tracking), tracking);
      if (higher(state.status, status) !== state.status || (score ?? state.score) !== state.score)
        store.change(() => {});
    },
  };
}

// Saving as the browser has it: its line, its clock, and the trainee who is told.

import { askOwnOrigin, createLine } from "../lms/reachability.js";
import { createSaving } from "../lms/saving.js";
import { knownKeys, measure } from "../state/progress.js";
import { higher, verdict } from "../state/tracking.js";
import { chunks } from "./registry.js";

/** @import {Link, ObjectivesPart, Outcome, Saving, SaveStatus, Timer} from "../types" */
/** @import {WholeCourse, Work} from "../types" */

/**
 * Gives what makes the saving of a visit over a link.
 *
 * @param {WholeCourse} course
 * @param {Work} work
 * @param {SaveStatus} status
 * @param {Timer} timer
 * @returns {(link: Link) => Saving}
 */
export const createRecording = (course, work, status, timer) => (link) => {
  const { session, launch } = link;
  const { state } = work.store;
  const createObjectives = /** @type {ObjectivesPart | undefined} */ (
    chunks.arrived("part", "shell-objectives")
  );
  return createSaving({
    ...course,
    ...work,
    session,
    launch,
    objectives:
      launch.credit && createObjectives
        ? createObjectives({ ...course, session, state, higher, verdict, measure })
        : null,
    known: knownKeys(course.outline),
    location: () =>
      course.outline.pages.find(({ key }) => key === state.bookmark)?.id ?? launch.location,
    line: createLine({ online: () => navigator.onLine && link.there, ask: askOwnOrigin }),
    mark: link.old.mark,
    /** @param {Outcome} outcome */
    report(outcome) {
      // What is left of a visit that was given up has nothing to say.
      if (link.session !== session) return;
      status.tell(outcome);
      document.dispatchEvent(new Event("player:told"));
    },
    timer,
    clock: () => performance.now(),
  });
};

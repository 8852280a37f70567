// Saving as the browser has it: its line, its clock, and the trainee who is told.

import { createSaving } from "../lms/saving.js";
import { higher } from "../state/tracking.js";
import { chunks } from "./registry.js";
import { rules } from "./rules.js";

/** @import {Line, Link, Objectives, ObjectivesPart, Outcome, Saving} from "../types" */
/** @import {SaveStatus, Session, State, Timer, WholeCourse, Work} from "../types" */

// How long to wait for what can see that the LMS saves, in ms.
const ARRIVAL = 4000;

/**
 * Gives what makes the saving of a visit over a link. `arrived()` gives a promise of when what
 * stands round the pages is there, or cannot be had.
 *
 * @param {WholeCourse} course
 * @param {Work} work
 * @param {SaveStatus} status
 * @param {Timer} timer
 * @param {() => Promise<void>} arrived
 * @returns {(link: Link) => Saving}
 */
export const createRecording = (course, work, status, timer, arrived) => (link) => {
  const { session, launch } = link;
  const { state } = work.store;
  const { outline } = course;
  const online = () => navigator.onLine && link.there;
  return createSaving({
    ...course,
    ...work,
    session,
    launch,
    objectives: launch.credit ? lateObjectives(course, session, state) : null,
    judge: () => judge(course, state),
    shortenings: () => (outline.partial ? [] : rules().shortenings(outline)),
    location: () => outline.pages.find(({ key }) => key === state.bookmark)?.id ?? launch.location,
    line: {
      online,
      async check(delivery) {
        if (!online()) return "down";
        await Promise.race([arrived(), new Promise((end) => timer(() => end(0), ARRIVAL))]);
        const line = /** @type {Line | undefined} */ (chunks.arrived("part", "shell-line"));
        return line ? line.check(delivery, !session.canFinish) : "reached";
      },
    },
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

/**
 * The objectives of the modules, once all of these are known; none where the course has none.
 *
 * @param {WholeCourse} course
 * @param {Session} session
 * @param {State} state
 * @returns {Objectives}
 */
function lateObjectives(course, session, state) {
  /** @type {Objectives | null | undefined} */
  let made;
  function now() {
    if (made !== undefined || course.outline.partial) return made;
    const create = /** @type {ObjectivesPart | undefined} */ (
      chunks.arrived("part", "shell-objectives")
    );
    const given = { ...course, ...rules(), session, state, higher };
    made = create?.(given) ?? null;
    return made;
  }
  return {
    values: (last) => now()?.values(last) ?? [],
    sent: (pairs) => made?.sent(pairs) ?? (() => {}),
    lost: () => made?.lost(),
    stop: () => made?.stop(),
    // What the LMS had confirmed is taken to be so still.
    settled: () => (!course.outline.partial ? (now()?.settled() ?? true) : state.reported),
  };
}

/**
 * The result of the trainee's work; null before all pages are known.
 *
 * @param {WholeCourse} course
 * @param {State} state
 */
function judge({ outline, tracking }, state) {
  if (outline.partial) return null;
  const { measure, today, verdict } = rules();
  return { ...verdict(measure(outline, state, tracking), tracking), day: today() };
}

// Saving as the browser has it: its line, its clock, and the trainee who is told.

import { createSaving, type Saving } from "../lms/saving.ts";
import { higher } from "../state/tracking.ts";
import { chunks } from "./registry.ts";
import { rules } from "./rules.ts";
import type { Objectives, ObjectivesPart } from "../lms/objectives.ts";
import type { Timer } from "../lms/pace.ts";
import type { Line } from "../lms/reachability.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { Session } from "../lms/session.ts";
import type { SaveStatus } from "../shell/save-status.ts";
import type { WholeCourse } from "../state/course.ts";
import type { State } from "../state/state.ts";
import type { Link } from "./lms-link.ts";
import type { Work } from "./work.ts";

// How long to wait for what can see that the LMS saves, in ms.
const ARRIVAL = 4000;

/**
 * Gives what makes the saving of a visit over a link. `arrived()` gives a promise of when what
 * stands round the pages is there, or cannot be had.
 */
export const createRecording =
  (
    course: WholeCourse,
    work: Work,
    status: SaveStatus,
    timer: Timer,
    arrived: () => Promise<void>,
  ): ((link: Link) => Saving) =>
  (link) => {
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
      location: () =>
        outline.pages.find(({ key }) => key === state.bookmark)?.id ?? launch.location,
      line: {
        online,
        async check(delivery) {
          if (!online()) return "down";
          await Promise.race([arrived(), new Promise((end) => timer(() => end(0), ARRIVAL))]);
          const line = chunks.arrived("part", "shell-line") as Line | undefined;
          return line ? line.check(delivery, !session.canFinish) : "reached";
        },
      },
      mark: link.old.mark,
      report(outcome: Outcome) {
        // What is left of a visit that was given up has nothing to say.
        if (link.session !== session) return;
        status.tell(outcome);
        document.dispatchEvent(new Event("player:told"));
      },
      timer,
      clock: () => performance.now(),
    });
  };

/** The objectives of the modules, once all of these are known; none where the course has none. */
function lateObjectives(course: WholeCourse, session: Session, state: State): Objectives {
  let made: Objectives | null | undefined;
  function now() {
    if (made !== undefined || course.outline.partial) return made;
    const create = chunks.arrived("part", "shell-objectives") as ObjectivesPart | undefined;
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

/** The result of the trainee's work; null before all pages are known. */
function judge({ outline, tracking }: WholeCourse, state: State) {
  if (outline.partial) return null;
  const { measure, today, verdict } = rules();
  return { ...verdict(measure(outline, state, tracking), tracking), day: today() };
}

// Creates the saving of a visit from the browser's connection, clock and save status.

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

// How long to wait for the part that checks the line, in ms.
const PART_TIMEOUT_MS = 4000;

/**
 * Returns a function that creates the saving over a link. `arrived()` resolves when shell-visit has
 * loaded or failed to load.
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
          await Promise.race([
            arrived(),
            new Promise((end) => timer(() => end(0), PART_TIMEOUT_MS)),
          ]);
          const line = chunks.arrived("part", "shell-line") as Line | undefined;
          return line ? line.check(delivery, !session.canFinish) : "reached";
        },
      },
      mark: link.old.mark,
      report(outcome: Outcome) {
        // The saving of an abandoned LMS has nothing to report.
        if (link.session !== session) return;
        status.tell(outcome);
        document.dispatchEvent(new Event("player:told"));
      },
      timer,
      clock: () => performance.now(),
    });
  };

/**
 * The objectives of the modules, created once the outline is complete; none if the course has none.
 */
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
    // Until then, what the LMS has confirmed counts as unchanged.
    settled: () => (!course.outline.partial ? (now()?.settled() ?? true) : state.reported),
  };
}

/** Status and score of the trainee's work; null until the outline is complete. */
function judge({ outline, tracking }: WholeCourse, state: State) {
  if (outline.partial) return null;
  const { measure, today, verdict } = rules();
  return { ...verdict(measure(outline, state, tracking), tracking), day: today() };
}

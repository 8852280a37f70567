// Creates the saving of a visit from the browser's connection, clock and save status.

import { nextTask } from "../dom/next-task.ts";
import { createSaving, type Saving } from "../lms/saving.ts";
import { higher } from "../state/tracking.ts";
import { chunks } from "./registry.ts";
import { rules } from "./rules.ts";
import type { Objectives, ObjectivesPart } from "../lms/objectives.ts";
import type { Timer } from "../lms/pace.ts";
import type { Line } from "../lms/reachability.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { SaveStatus } from "../shell/save-status.ts";
import type { WholeCourse } from "../state/course.ts";
import type { Link } from "./lms-link.ts";
import type { Work } from "./work.ts";

// How long to wait for the part that checks the line, in ms.
const PART_TIMEOUT_MS = 4000;
// How long the first batch waits for the version of the course, in ms.
const FIRST_TIMEOUT_MS = 2000;

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
    let objectives: Objectives | null | undefined;
    const online = () => navigator.onLine && link.there;
    const within = (ms: number) =>
      Promise.race([arrived(), new Promise((end) => timer(() => end(0), ms))]);
    return createSaving({
      ...course,
      ...work,
      session,
      launch,
      get objectives() {
        if (objectives !== undefined || outline.partial || !launch.credit) return objectives;
        const create = chunks.arrived("part", "shell-objectives") as ObjectivesPart | undefined;
        const given = { ...course, ...rules(), session, state, higher };
        objectives = create?.(given) ?? null;
        return objectives;
      },
      judge: () => (outline.partial ? null : rules().judge(course, state)),
      carryBack: () => rules()?.carryBack(state, outline),
      decided: () => rules()?.decided(state, outline),
      shortenings: () => (outline.partial ? [] : rules().shortenings(outline)),
      location: () =>
        outline.pages.find(({ key }) => key === state.bookmark)?.id ?? launch.location,
      line: {
        online,
        async check(delivery) {
          if (!online()) return "down";
          await within(PART_TIMEOUT_MS);
          const line = chunks.arrived("part", "shell-line") as Line | undefined;
          return line ? line.check(delivery, !session.canFinish) : "reached";
        },
      },
      mark: link.old.mark,
      // In a later task, because `arrived` is known only once the first view is shown.
      ready: async () => {
        await nextTask();
        await within(FIRST_TIMEOUT_MS);
      },
      report(outcome: Outcome) {
        // The saving of an abandoned LMS has nothing to report.
        if (link.session !== session) return;
        status.tell(outcome);
        document.dispatchEvent(new Event("player:told"));
      },
      hidden: () => document.visibilityState === "hidden",
      timer,
      clock: () => performance.now(),
    });
  };

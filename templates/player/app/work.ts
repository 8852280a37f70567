// The trainee's work at the start of a visit: the state in the LMS, brought up to date with the
// course.

import { earlierVisits, type EarlierVisits } from "../keep/earlier-visits.ts";
import { createNoAnswers, type MakeList } from "../lms/no-answers.ts";
import { decode } from "../state/codec.ts";
import { emptyState, newAttempt, type Status } from "../state/state.ts";
import { createStore, type Store } from "../state/store.ts";
import { higher } from "../state/tracking.ts";
import { chunks } from "./registry.ts";
import type { Interactions } from "../lms/interactions.ts";
import type { Link } from "./lms-link.ts";
import type { Page, WholeCourse } from "../state/course.ts";

/** The work of the trainee. */
export interface Work {
  store: Store;
  interactions: Interactions;
  earlier: EarlierVisits;
  /** The day on which the course was finished in this visit; "" if it was not. */
  ended: { day: string };
  /** The page on view, if the trainee sees it for the first time. */
  begun: Page | null;
  /**
   * The page that is offered for resuming. Until the trainee has chosen, the bookmark does not
   * change. It is `open` until the outline is complete.
   */
  resuming: { page: Page | null; open: boolean };
}

export function readWork({ edition }: WholeCourse, { known, launch }: Link): Work {
  const restored = decode(launch.state);
  const state = restored ?? emptyState(newAttempt());
  // higher() ignores a status that SCORM 1.2 does not know.
  state.status = higher(state.status as string, launch.status) as Status;
  const store = createStore(state);
  // Brought up to date once the outline is complete.
  if (known && !launch.recording) store.saved = decode(launch.state) ?? emptyState("");
  // The page to resume is only known once the outline is complete.
  const hasStarted = Boolean(state.bookmark || launch.location || state.visited.size);
  const resuming = {
    page: null as Page | null,
    open: hasStarted && !/^#\/./.test(location.hash),
  };
  const earlier = earlierVisits(restored, edition);
  return {
    store,
    interactions: createNoAnswers(launch.interactions, state.interactions, (...counts) =>
      (chunks.arrived("part", "answers") as MakeList)(...counts),
    ),
    earlier,
    ended: { day: "" },
    begun: null,
    resuming,
  };
}

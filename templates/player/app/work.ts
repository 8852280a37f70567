// The trainee's work at the start of a visit: what the LMS has kept of it, in today's course.

import { earlierVisits, type EarlierVisits } from "../keep/earlier-visits.ts";
import { createInteractions, type Interactions } from "../lms/interactions.ts";
import { decode } from "../state/codec.ts";
import { emptyState, newAttempt, type Status } from "../state/state.ts";
import { carryOver } from "../state/edits.ts";
import { createStore, type Store } from "../state/store.ts";
import { higher } from "../state/tracking.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Page, WholeCourse } from "../state/course.ts";
import type { Rules } from "./rules.ts";

/** The trainee's. */
export interface Work {
  store: Store;
  interactions: Interactions;
  earlier: EarlierVisits;
  /** The day on which the course was finished in this visit, "" where it was not. */
  ended: { day: string };
  /** The page on view, where the trainee sees it for the first time. */
  begun: Page | null;
  /**
   * The page where the trainee may go on; until they have chosen, the bookmark stays. It is `open`
   * until the outline is whole.
   */
  resuming: { page: Page | null; open: boolean };
  /** The outline is whole. */
  complete(rules: Rules): void;
}

/** `complete()` is called once the outline is whole. */
export function readWork({ outline, edition, tracking }: WholeCourse, launch: Launch): Work {
  const restored = decode(launch.state);
  const state = restored ?? emptyState(newAttempt());
  // A status that SCORM 1.2 does not know is never the higher one.
  state.status = higher(state.status as string, launch.status) as Status;
  const store = createStore(state);
  // Where the trainee was is not known before all pages are.
  const been = Boolean(state.bookmark || launch.location || state.visited.size);
  const resuming = {
    page: null as Page | null,
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

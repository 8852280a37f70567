// What was done before the LMS could be read joins what it has kept of earlier visits.

import { carryOver } from "../state/edits.ts";
import { merge } from "../state/merge.ts";
import { forgetWords } from "../state/private-words.ts";
import { resumePage } from "../shell/resume-page.ts";
import { decode } from "../state/codec.ts";
import { higher } from "../state/tracking.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Outline, Page } from "../state/course.ts";
import type { Key, State, Status } from "../state/state.ts";
import type { Store } from "../state/store.ts";

/** What is known of earlier visits. */
export interface EarlierVisits {
  /** Whether there was a state, and it could be read. */
  read: boolean;
  /** Whether the course has another edition now. */
  changed: boolean;
  /** The pages that were visited. */
  seen: Set<Key>;
}

interface JoinParts {
  store: Store;
  launch: Launch;
  outline: Outline;
  edition: string;
  stayed: boolean;
}

/** What is known of earlier visits from the state that was read, null for none. */
export const earlierVisits = (read: State | null, edition: string): EarlierVisits => ({
  read: Boolean(read),
  changed: Boolean(read?.edition) && (read as State).edition !== edition,
  seen: new Set(read?.visited),
});

/**
 * Joins the state of `store` with the one in `launch`. `stayed` is whether the trainee is still on
 * the first page. Gives what is known of earlier `visits`, and the page to `resume` at or null; as
 * long as the trainee has the choice, the bookmark is the earlier one.
 */
export function join({ store, launch, outline, edition, stayed }: JoinParts): {
  visits: EarlierVisits;
  resume: Page | null;
} {
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
    state.status = higher(state.status as string, launch.status) as Status;
  });
  return { visits, resume };
}

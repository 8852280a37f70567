// Merges what was done before the LMS could be read with what the LMS holds of earlier visits.

import { carryOver } from "../state/edits.ts";
import { merge } from "../state/merge.ts";
import { forgetWords } from "../state/private-words.ts";
import { resumePage } from "../shell/resume-page.ts";
import { decode } from "../state/codec.ts";
import { emptyState } from "../state/state.ts";
import { higher } from "../state/tracking.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Outline, Page } from "../state/course.ts";
import type { Key, State, Status } from "../state/state.ts";
import type { Store } from "../state/store.ts";

/** What is known about earlier visits. */
export interface EarlierVisits {
  /** Whether the LMS had a state that could be decoded. */
  read: boolean;
  /** Whether the course has been edited since. */
  changed: boolean;
  /** The pages that were visited. */
  seen: Set<Key>;
}

/** The work in the LMS, brought up to date with the course; null if there is none. */
function earlierWork(launch: Launch, outline: Outline) {
  const read = decode(launch.state);
  if (read) {
    carryOver(read, outline);
    forgetWords(read, outline);
  }
  return read;
}

/** Notes what the LMS holds, if the visit with these launch values records nothing. */
export function noteSaved(store: Store, launch: Launch, outline: Outline) {
  store.saved = launch.recording ? null : (earlierWork(launch, outline) ?? emptyState(""));
}

/**
 * Ends practice in a visit that records nothing: the quizzes and scenarios that the LMS holds take
 * its place.
 */
export function bringBack({ state, saved }: Store) {
  for (const [key, quiz] of saved?.quizzes ?? [])
    state.quizzes.set(key, { ...quiz, answers: new Map(quiz.answers) });
}

interface JoinParts {
  store: Store;
  launch: Launch;
  outline: Outline;
  edition: string;
  stayed: boolean;
}

/** Describes earlier visits from the decoded state; null if there is none. */
export const earlierVisits = (read: State | null, edition: string): EarlierVisits => ({
  read: Boolean(read),
  changed: Boolean(read?.edition) && (read as State).edition !== edition,
  seen: new Set(read?.visited),
});

/**
 * Merges the state in `launch` into `store`. `stayed` is whether the trainee is still on the first
 * page. `resume` is the page to offer, or null. While it is offered, the bookmark stays that of the
 * earlier visit.
 */
export function join({ store, launch, outline, edition, stayed }: JoinParts): {
  visits: EarlierVisits;
  resume: Page | null;
} {
  const read = earlierWork(launch, outline);
  const visits = earlierVisits(read, edition);
  noteSaved(store, launch, outline);
  const resume = stayed ? resumePage(outline.pages, read ?? store.state, launch.location) : null;
  store.change((state) => {
    const { bookmark } = state;
    if (read)
      Object.assign(state, merge(read, state, outline, read.attempt !== state.attempt), {
        edition,
      });
    state.bookmark = resume ? (read?.bookmark ?? "") : bookmark;
    // higher() ignores a status that SCORM 1.2 does not know.
    state.status = higher(state.status as string, launch.status) as Status;
  });
  return { visits, resume };
}

// Merges the journal of this browser and the work of other windows into the state of the visit.

import { addTo, type Additions } from "../state/additions.ts";
import { decode } from "../state/codec.ts";
import { carryOver } from "../state/edits.ts";
import { knownKeys } from "../state/progress.ts";
import { createJournal, withoutFreeText, type Journal } from "./journal.ts";
import { createStorage } from "./journal-storage.ts";
import { createKeeping } from "./journaling.ts";
import { startWindows } from "./other-windows.ts";
import { placeOf } from "./place.ts";
import { sha256 } from "./sha256.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Tracking } from "../state/course.ts";
import type { Key, State } from "../state/state.ts";

/** `newer`: its answers win. `adopted`: the visit continues that attempt. */
interface TakeHow {
  newer?: boolean;
  adopted?: boolean;
}

/** Merges a state into that of the visit. */
export type Take = (state: State, how?: TakeHow) => Additions;

interface Callbacks {
  /** Called when the visit's state has gained something. */
  moved: (bookmark: Key, added: Additions) => void;
  /** Called when another window has taken over recording. */
  away: () => void;
}

/**
 * Call it once recording has started. `kept()` returns whether this browser's journal has
 * everything; `keep()` writes the journal and resolves to the same.
 */
export function joinTogether(parts: SurroundingsParts, { moved, away }: Callbacks) {
  const { shown, visit, course, work } = parts;
  const { outline, tracking } = course;
  const { store } = work;
  const { launch } = visit.link;
  const owner = ownerOf(shown.course, launch);
  let keeping: ReturnType<typeof createKeeping> | null = null;
  let journal: Journal | null = null;

  function added(state: State, newer = false) {
    carryOver(state, outline);
    return addTo(store.state, state, outline, newer ? state : store.state);
  }

  function adopt(state: State, { newer, adopted }: TakeHow = {}): Additions {
    const more = added(state, newer);
    if (!more.news.size) return more;
    const { attempt } = adopted ? state : store.state;
    store.change((own) => Object.assign(own, more.state, { attempt }));
    moved(state.bookmark, more);
    return more;
  }

  function startJournal() {
    journal = journalOf(parts, owner);
    keeping = createKeeping(parts, {
      journal,
      adopt,
      lacks: (state) => added(state).news.size > 0,
      recording: () => !windows?.away,
    });
    keeping.start().catch((error) => console.error("scorm-builder, journal:", error));
  }

  const windows = startWindows(parts, {
    owner,
    adopt,
    away,
    joined(attempt) {
      const before = store.state.attempt;
      store.change((state) => {
        state.attempt = attempt;
      });
      journal?.remove(before);
      keeping?.joined(attempt);
    },
  });
  if (isKept(tracking, launch) && launch.credit) startJournal();
  return {
    keep: async () => (await keeping?.keep()) ?? false,
    kept: () => Boolean(keeping?.kept()),
  };
}

/** In a visit that is not recorded: tells the journal which save of which attempt the LMS holds. */
export function confirmKept(course: string, tracking: Tracking, launch: Launch) {
  const lmsState = decode(launch.state);
  if (!lmsState || !isKept(tracking, launch)) return;
  const journal = createJournal({
    storage: createStorage(
      () => indexedDB,
      (act) => act(),
    ),
    owner: ownerOf(course, launch),
    place: placeOf(location),
    now: () => Date.now(),
    kept: (state) => state,
  });
  journal.confirm(lmsState.attempt, lmsState.saves || 1);
}

function journalOf(
  { shown, visit, course: { outline, tracking } }: SurroundingsParts,
  owner: string,
) {
  const known = knownKeys(outline);
  const typed = new Set(shown.typed);
  const tracked = (state: State): State =>
    tracking.pages === "all" ? state : { ...state, visited: new Set(), checks: new Map() };
  return createJournal({
    storage: createStorage(
      () => indexedDB,
      (act) => visit.link.session.idle(act),
    ),
    owner,
    place: placeOf(location),
    now: () => Date.now(),
    kept: (state) => withoutFreeText(tracked(state), known, typed),
  });
}

const ownerOf = (course: string, { id }: Launch) => sha256(`${course} ${id}`);
const isKept = ({ journal }: Tracking, { id }: Launch) =>
  journal && id && location.protocol !== "file:";

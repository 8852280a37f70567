// One trainee, one state: what this browser kept for the LMS, and what was done in another window,
// comes together here.

import { addTo } from "../state/additions.js";
import { decode } from "../state/codec.js";
import { carryOver } from "../state/edits.js";
import { knownKeys } from "../state/progress.js";
import { createJournal, withoutWords } from "./journal.js";
import { createStorage } from "./journal-storage.js";
import { createKeeping } from "./journaling.js";
import { startWindows } from "./other-windows.js";
import { placeOf } from "./place.js";
import { sha256 } from "./sha256.js";

/** @import {Additions, Journal, Key, Launch, State, SurroundingsParts, Take} from "../types" */
/** @import {Tracking} from "../types" */
/**
 * @typedef {object} Hearers
 * @property {(bookmark: Key, added: Additions) => void} moved Hears when the state has more than
 *   before.
 * @property {() => void} away Hears that recording has ended here.
 */

/**
 * For a visit that is recorded, once it is. Gives `kept()`, whether this browser has all that was
 * done, and `keep()`, which sees to it and gives a promise of that.
 *
 * @param {SurroundingsParts} parts
 * @param {Hearers} hearers
 */
export function joinTogether(parts, { moved, away }) {
  const { shown, visit, course, work } = parts;
  const { outline, tracking } = course;
  const { store } = work;
  const { launch } = visit.link;
  const owner = ownerOf(shown.course, launch);
  /** @type {ReturnType<typeof createKeeping> | null} */
  let keeping = null;
  /** @type {Journal | null} */
  let journal = null;

  /**
   * @param {State} state
   * @param {boolean} [newer]
   */
  function added(state, newer = false) {
    carryOver(state, outline);
    return addTo(store.state, state, outline, newer ? state : store.state);
  }

  /** @type {Take} */
  function adopt(state, { newer, adopted } = {}) {
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

/**
 * In a visit that is not recorded, what the LMS has is found there all the same.
 *
 * @param {string} course
 * @param {Tracking} tracking
 * @param {Launch} launch
 */
export function confirmKept(course, tracking, launch) {
  const told = decode(launch.state);
  if (!told || !isKept(tracking, launch)) return;
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
  journal.confirm(told.attempt, told.saves || 1);
}

/**
 * @param {SurroundingsParts} parts
 * @param {string} owner
 */
function journalOf({ shown, visit, course: { outline, tracking } }, owner) {
  const known = knownKeys(outline);
  const typed = new Set(shown.typed);
  /** @param {State} state */
  const tracked = (state) =>
    tracking.pages === "all" ? state : { ...state, visited: new Set(), checks: new Map() };
  return createJournal({
    storage: createStorage(
      () => indexedDB,
      (act) => visit.link.session.idle(act),
    ),
    owner,
    place: placeOf(location),
    now: () => Date.now(),
    kept: (state) => withoutWords(tracked(state), known, typed),
  });
}

/**
 * @param {string} course
 * @param {Launch} launch
 */
const ownerOf = (course, { id }) => sha256(`${course} ${id}`);
/**
 * @param {Tracking} tracking
 * @param {Launch} launch
 */
const isKept = ({ journal }, { id }) => journal && id && location.protocol !== "file:";

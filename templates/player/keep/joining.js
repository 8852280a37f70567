// One trainee, one state: what this browser kept for the LMS, and what was done in another window,
// comes together here.

import { addTo, doneSince } from "../state/additions.js";
import { carryOver } from "../state/edits.js";
import { createStorage } from "./journal-storage.js";
import { createJournal, withoutWords } from "./journal.js";
import { createKeeping } from "./journaling.js";
import { knownKeys } from "../state/progress.js";
import { placeOf } from "./place.js";
import { reopening } from "./reopening.js";
import { sha256 } from "./sha256.js";
import { decode, encode } from "../state/codec.js";
import { emptyState, newAttempt } from "../state/state.js";
import { createWindows } from "./windows.js";

// What a window that gives way has sent may reach the LMS after what this one sends.
const OVERTAKEN = 3000;

/** @import {Action, Additions, Journal, Key, Launch, Notices, Outline} from "../types" */
/** @import {SaveStatus, Say, State, Store, Timer, Tracking, Visit} from "../types" */
/**
 * @typedef {object} TogetherParts
 * @property {string} course
 * @property {Set<Key>} typed
 * @property {Tracking} tracking
 * @property {Outline} outline
 * @property {Store} store
 * @property {Visit} link
 * @property {SaveStatus} status
 * @property {Notices} notices
 * @property {Say} say
 * @property {Timer} timer
 * @property {() => void} settle
 * @property {(bookmark: Key, added: Additions) => void} moved
 * @property {() => void} away
 */

/**
 * For a visit that is recorded, once it is: `course` is the id of the course, `typed` the keys of
 * questions that are answered in words. `moved(bookmark, added)` hears when the state has more
 * than before. `away()` hears that recording has ended here. Gives `kept()`, whether this browser
 * has all that was done, and `keep()`, which sees to it and gives a promise of that.
 *
 * @param {TogetherParts} parts
 */
export function joinTogether({
  course,
  typed,
  tracking,
  outline,
  store,
  link,
  status,
  notices,
  say,
  timer,
  settle,
  moved,
  away,
}) {
  const { launch } = link;
  const owner = ownerOf(course, launch);
  const now = () => Date.now();
  /** @param {() => void} act */
  const idle = (act) => link.session.idle(act);
  /** @type {ReturnType<typeof createKeeping> | null} */
  let keeping = null;
  /** @type {Journal | null} */
  let journal = null;
  // What the window that has taken over has of this one; null as long as this one records.
  /** @type {State | null} */
  let given = null;

  /** @param {State} found */
  function added(found, newer = false) {
    carryOver(found, outline);
    return addTo(store.state, found, outline, newer ? found : store.state);
  }

  /**
   * Takes over what is new in a state.
   *
   * @param {State} found
   * @param {{newer?: boolean, adopted?: boolean}} [how]
   */
  function take(found, { newer, adopted } = {}) {
    const more = added(found, newer);
    if (!more.news.size) return more;
    const { attempt } = adopted ? found : store.state;
    store.change((state) => Object.assign(state, more.state, { attempt }));
    moved(found.bookmark, more);
    return more;
  }

  function startJournal() {
    const known = knownKeys(outline);
    /** @param {State} state */
    const tracked = (state) =>
      tracking.pages === "all" ? state : { ...state, visited: new Set(), checks: new Map() };
    const place = placeOf(location);
    journal = createJournal({
      storage: createStorage(() => indexedDB, idle),
      owner,
      place,
      now,
      kept: (state) => withoutWords(tracked(state), known, typed),
    });
    keeping = createKeeping({
      journal,
      place,
      launch,
      store,
      status,
      notices,
      say,
      take,
      lacks: (found) => added(found).news.size > 0,
      recording: () => !given,
    });
    keeping.start().catch((error) => console.error("scorm-builder, journal:", error));
  }

  /** @param {BroadcastChannel} channel */
  function startWindows(channel) {
    let heard = false;
    const windows = createWindows({
      post: (message) => channel.postMessage(message),
      me: () => ({ owner, attempt: store.state.attempt, path: location.pathname }),
      id: newAttempt(),
      now,
      giveWay(slept) {
        settle();
        if (slept) link.saving?.stop();
        else link.saving?.close();
        link.saving = null;
        const all = copied(store.state);
        given = all;
        away();
        openElsewhere();
        return written(all);
      },
      received,
      left() {
        heard = false;
        tell("elsewhere_closed", "nothing_recorded");
      },
      elsewhere() {
        openElsewhere();
        pass();
      },
    });

    function openElsewhere() {
      heard = true;
      tell("elsewhere", "elsewhere_status");
    }

    function pass() {
      if (!heard) return;
      const before = /** @type {State} */ (given);
      const all = copied(store.state);
      given = all;
      windows.pass(written(doneSince(before, all)));
    }

    channel.onmessage = ({ data }) => idle(() => windows.hear(data));
    addEventListener("pagehide", windows.close);
    store.subscribe(pass);
    windows.open();
  }

  /**
   * The visit here is over, and only the LMS can begin another one.
   *
   * @param {"elsewhere" | "elsewhere_closed"} words
   * @param {string} recorded
   */
  function tell(words, recorded) {
    const reopen = reopening();
    /** @type {Action[]} */
    const actions = reopen ? [[say("go_on_here"), reopen]] : [];
    status.tell("off", say(recorded));
    notices.show("elsewhere", say(reopen || words === "elsewhere" ? words : "visit_closed"), {
      alert: true,
      actions,
    });
  }

  /**
   * @param {string} text
   * @param {{handed: boolean, slept: boolean}} how
   */
  function received(text, { handed, slept }) {
    const found = decode(text);
    if (!found || !belongs(found)) return;
    const { attempt } = store.state;
    if (found.attempt !== attempt) {
      store.change((state) => {
        state.attempt = found.attempt;
      });
      journal?.remove(attempt);
      keeping?.joined(found.attempt);
    }
    take(found, { newer: !slept });
    if (!handed) return;
    const again = () => store.change(() => {});
    again();
    timer(again, OVERTAKEN);
  }

  // Two windows opened before either had saved have each begun an attempt. A finished one was
  // followed by a new one.
  /** @param {State} found */
  const belongs = ({ attempt, status }) =>
    attempt === store.state.attempt || (launch.id && !launch.state && status === "incomplete");

  const channel = openChannel(`scorm-builder ${course}`);
  if (channel) startWindows(channel);
  if (isKept(tracking, launch) && launch.credit) startJournal();
  return {
    keep: async () => (await keeping?.keep()) ?? false,
    kept: () => Boolean(keeping?.kept()),
  };
}

/**
 * In a visit that is not recorded, what the LMS has is found there all the same.
 *
 * @param {{course: string, tracking: Tracking, launch: Launch}} parts
 */
export function confirmKept({ course, tracking, launch }) {
  const told = decode(launch.state);
  if (!told || !isKept(tracking, launch)) return;
  const storage = createStorage(
    () => indexedDB,
    (act) => act(),
  );
  const journal = createJournal({
    storage,
    owner: ownerOf(course, launch),
    place: placeOf(location),
    now: () => Date.now(),
    kept: (state) => state,
  });
  journal.confirm(told.attempt, told.saves || 1);
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

/**
 * A channel to other windows, null where the browser has or allows none.
 *
 * @param {string} name
 */
function openChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

/**
 * A state by itself, as far as there is room for it.
 *
 * @param {State} state
 */
const copied = (state) => decode(written(state)) ?? emptyState(state.attempt);

/** @param {State} state */
function written(state) {
  try {
    return encode(state);
  } catch {
    return "";
  }
}

// What this browser kept of earlier visits joins this one as far as it belongs there, and what is
// done in this one is kept.

import { fateOf, partOf } from "./belonging.js";
import { decode } from "../state/codec.js";
import { isoDate } from "../state/days.js";

/** @import {Additions, Fate, Journal, KeptAttempt, Launch, Notices, Offered} from "../types" */
/** @import {Outcome, SaveStatus, Say, State, Store} from "../types" */
/**
 * @typedef {object} KeepingParts
 * @property {Journal} journal
 * @property {string} place
 * @property {Launch} launch
 * @property {Store} store
 * @property {SaveStatus} status
 * @property {Notices} notices
 * @property {Say} say
 * @property {(found: State, how: {newer?: boolean, adopted?: boolean}) => Additions} take
 * @property {(found: State) => boolean} lacks
 * @property {() => boolean} recording
 */

/**
 * `take(found, {newer, adopted})` joins a state to the visit's: `newer` where its answers stay,
 * `adopted` where the visit goes on its attempt; `lacks(found)` is whether that would add anything.
 * `recording()` is whether this window is the one that records.
 *
 * @param {KeepingParts} parts
 */
export function createKeeping({
  journal,
  place,
  launch,
  store,
  status,
  notices,
  say,
  take,
  lacks,
  recording,
}) {
  const told = decode(launch.state);
  /** @param {string} attempt */
  const seen = (attempt) => (told?.attempt === attempt ? Math.max(told.saves, 1) : 0);
  // What the trainee is being asked about.
  /** @type {Offered[]} */
  let asked = [];
  let kept = false;
  /** @type {Outcome | ""} */
  let said = "";
  let leaving = false;

  /** @param {boolean} saved */
  async function keep(saved) {
    // What is kept of the attempt is for the window to write that has taken over.
    if (!recording()) return false;
    const { version, state } = store;
    const there = await journal.keep(state, saved, seen(state.attempt));
    kept = there && version === store.version;
    return kept;
  }

  /** @param {KeptAttempt[]} found */
  function sift(found) {
    const { attempt } = store.state;
    const unreadable = Boolean(launch.state) && !told;
    const others = found.filter(({ state }) => state.attempt !== attempt);
    const gone = !launch.state && others.some((entry) => entry.confirmed && entry.place === place);
    const visit = { attempt, place, told, unreadable, gone };
    const own = found.filter((entry) => !others.includes(entry));
    for (const entry of [...own, ...others]) FATES[fateOf(entry, visit)](entry);
    if (asked.length) ask();
  }

  /** @type {Record<Fate, (entry: KeptAttempt) => unknown>} */
  const FATES = {
    same({ state }) {
      const added = take(state, { newer: state.saves >= (told?.saves ?? 0) });
      if (!added.news.size) return journal.remove(state.attempt);
      journal.confirm(state.attempt, seen(state.attempt));
      return tell("journal_added", [added]);
    },
    elsewhere() {},
    over: ({ state }) => journal.remove(state.attempt),
    whole: ({ at, state }) => offer({ at, state: { ...state, reported: false }, whole: true }),
    part: ({ at, state }) =>
      offer({
        at,
        state: partOf(state),
        whole: false,
        less: state.quizzes.size + state.records.size > 0,
      }),
  };

  /** @param {Offered} offered */
  function offer(offered) {
    const { attempt } = offered.state;
    if (!lacks(offered.state)) return journal.remove(attempt);
    // Without an answer it is asked again.
    journal.ask(attempt, offered.whole ? store.state.attempt : "");
    return asked.push(offered);
  }

  // Only the trainee can tell whether these belong here.
  function ask() {
    const day = new Date(/** @type {Offered} */ (asked[0]).at);
    const date = say.day(isoDate(day.getFullYear(), day.getMonth() + 1, day.getDate()));
    const part = asked.some(({ less }) => less) ? [say("journal_part")] : [];
    notices.show("journal", [say("journal_ask", { day: date }), ...part].join(" "), {
      actions: [
        [say("journal_add"), add],
        [say("journal_leave"), leaveOut],
      ],
    });
  }

  function add() {
    const all = answered();
    const added = all.map(({ state, whole }, index) => {
      const before = store.state.attempt;
      const joined = take(state, { adopted: whole && !index });
      // What was kept of the visit until now is in what is kept of the attempt that it goes on.
      journal.remove(store.state.attempt === state.attempt ? before : state.attempt);
      return joined;
    });
    tell("journal_taken", added);
  }

  function leaveOut() {
    for (const { state } of answered()) journal.remove(state.attempt);
  }

  /** What the trainee was asked about, once they have answered. */
  function answered() {
    const all = asked;
    asked = [];
    notices.hide("journal");
    return all;
  }

  /**
   * @param {string} words
   * @param {Additions[]} added
   */
  function tell(words, added) {
    const unsaid = added.some((additions) => additions.unsaid) ? [say("journal_words")] : [];
    notices.show("journal", [say(words), ...unsaid].join(" "));
  }

  // A trainee who leaves in a hurry wants nothing to be left (quick-exit.js).
  function leaveNothing() {
    leaving = true;
    if (said === "saved" && recording()) journal.remove(store.state.attempt);
  }

  async function start() {
    sift(await journal.read());
    store.subscribe((soon) => {
      kept = false;
      if (soon) keep(false);
    });
    status.listen((outcome) => {
      said = outcome;
      if (outcome !== "saved") return;
      // Kept all the same: an LMS may say so and lose it, as some do once a login has expired.
      if (leaving) leaveNothing();
      else keep(true);
    });
    // What was done before this was there, too.
    status.whileFailing(
      () => keep(false),
      () => {},
    );
    document.addEventListener("player:leaving", leaveNothing);
  }

  return {
    start,
    /** Keep the state as it is; a promise of whether it is there. */
    keep: () => keep(false),
    /** Whether this browser has all that was done. */
    kept: () => kept,
    /**
     * Another window's state has brought this attempt.
     *
     * @param {string} attempt
     */
    joined(attempt) {
      const before = asked.length;
      asked = asked.filter(({ state }) => state.attempt !== attempt);
      if (before && !asked.length) notices.hide("journal");
    },
  };
}

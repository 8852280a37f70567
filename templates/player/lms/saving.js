// From the state to the LMS: what is written, when, and how a failure is made good.

import { carryBack } from "../state/edits.js";
import { createLearningTime } from "./learning-time.js";
import { STATE_LIMIT, STRING_LIMIT, timespan } from "./limits.js";
import { createQueue, isVital } from "./queue.js";
import { LOCATION, createRepair } from "./repair.js";
import { STATUS, createResult } from "./status-and-score.js";
import { decode } from "../state/codec.js";
import { encodeWithin } from "../state/fitting.js";

/**
 * @import {Clock, Interactions, Known, Launch, Line, LineState, Objectives, Outcome, Outline, Pair,
 *   Saving, Session, State, Store, Timer, Tracking, VisitMark} from "../types"
 */

/**
 * @typedef Visit
 * @property {Store} store
 * @property {Session} session
 * @property {Launch} launch
 * @property {Outline} outline
 * @property {Tracking} tracking
 * @property {Interactions} interactions
 * @property {Objectives | null} [objectives]
 * @property {Known} known
 * @property {() => string} location
 * @property {Line} line
 * @property {VisitMark} [mark]
 * @property {(outcome: Outcome) => void} report
 * @property {Timer} timer
 * @property {Clock} clock
 */

/**
 * What is being written, from one look at the state.
 *
 * @typedef Batch
 * @property {number} version Of the store.
 * @property {number} saves Of the state.
 * @property {boolean} alone Whether it is the state alone.
 * @property {boolean} leaving Whether the page is.
 * @property {boolean} lowered Whether what was lost is lowered.
 * @property {boolean} full Whether the state had no room.
 * @property {boolean} dark Whether the line was down meanwhile.
 * @property {boolean} short Whether something that counts was refused.
 * @property {boolean} behind Whether answers may have been lost before it.
 */

/**
 * What became of it.
 *
 * @typedef {Batch & {sure: boolean | null, sent: Pair[], refused: Pair[],
 *   confirm: ((() => void) | undefined)[]}} Written
 */

// An LMS without LMSFinish was seen to save each call by itself and out of order
// (facts/learning-systems.md).
const PACE = 150;
const RETRIES = [1000, 5000, 15000, 30000, 60000, 120000, 300000];
// How many tries a final status waits for what comes before it.
const WAITS = 5;
// How long the Exit button waits for the LMS.
const PATIENCE = 9000;

/**
 * Saves the state of `store` through `session`, a running one. `launch` is what the LMS said at
 * the start: status, score and location. `objectives` are those of objectives.js, or null.
 * `known(section, key)` tells keys of this course; `location()` gives the bookmark's page id.
 * `mark` is that of visit-mark.js. `report(outcome)` hears what save-status.js shows, each time
 * that it is another.
 *
 * What was written counts once the LMS took it, stored it and could be reached afterwards; what was
 * lost is made good as repair.js says. When the page goes away, only the true values are written.
 *
 * What the LMS takes counts even where it refuses something else; where that is the state or the
 * result, the trainee is told that not all is saved, and it is tried again.
 *
 * @param {Visit} visit
 * @returns {Saving}
 */
export function createSaving({
  store,
  session,
  launch,
  outline,
  tracking,
  interactions,
  objectives,
  known,
  location,
  line,
  mark,
  report,
  timer,
  clock,
}) {
  const elapsed = createLearningTime(clock, timer);
  const { state } = store;
  const result = createResult({ state, launch, outline, tracking });
  // A quiz taken without credit leaves no trace.
  const quizzes = launch.credit ? null : (decode(launch.state)?.quizzes ?? new Map());
  const pace = session.canFinish ? 0 : PACE;
  const repair = createRepair({ counts: Boolean(launch.interactions), each: pace > 0 });
  // Empty between two, and in the rest of one during which the page went away.
  let batch = /** @type {Batch} */ ({});
  let version = -1;
  // Whether the state is sent again although nothing has changed.
  let resend = false;
  let failures = 0;
  // Failures since the last success, but for those of a line that was known to be down.
  let tries = 0;
  // Whether the LMS has a status. Where it was told none, it makes one at the end: completed.
  let named = launch.status ? launch.status !== "not attempted" : !launch.credit;
  let closing = false;
  /** @type {Outcome | ""} */
  let shown = "";
  let judged = Promise.resolve();
  /** @type {(outcome: Outcome) => void} */
  let answer = () => {};

  const queue = createQueue({
    collect,
    write,
    commit: session.commit,
    done,
    timer,
    clock,
    pace,
    stored: [...result.stored, [LOCATION, launch.location]],
  });

  /**
   * Where each value goes by itself, the state, which comes after an answer, must not arrive
   * without it.
   *
   * @param {string} element
   * @param {string} value
   */
  function write(element, value) {
    batch.dark ||= !line.online();
    if (batch.dark && pace && !batch.alone) return true;
    const taken = !waits(element, value) && session.set(element, value);
    batch.short ||= !taken && isVital([element]);
    named ||= taken && element === STATUS;
    return taken;
  }

  /**
   * Chamilo takes nothing more after a final status. State, score and answers that are told again
   * go before it, unless they are refused for good or the page goes away.
   *
   * @param {string} element
   * @param {string} value
   */
  const waits = (element, value) =>
    (batch.short || batch.behind) &&
    !batch.leaving &&
    tries < WAITS &&
    element === STATUS &&
    value !== "incomplete";

  /** @param {Outcome} outcome */
  function tell(outcome) {
    if (outcome === shown) return;
    shown = outcome;
    report(outcome);
  }

  /**
   * @param {boolean} [leaving]
   * @returns {Pair[]}
   */
  function collect(leaving = false) {
    result.raise();
    // A changed value makes Moodle send again what it wrongly believes to have sent.
    if (store.version !== version || resend) state.saves += 1;
    version = store.version;
    resend = false;
    const alone = Boolean(leaving && pace);
    const lower = leaving ? new Set() : repair.lower;
    if (launch.credit) state.reported = result.settled() && (objectives?.settled() ?? true);
    state.late = interactions.late(state.late, (pair) => !repair.down && queue.has(pair), alone);
    const answers = alone ? [] : interactions.values();
    state.interactions = interactions.count(state.late);
    carryBack(state, outline);
    const text = encodeWithin(kept(), STATE_LIMIT, known);
    if (text !== null) mark?.sent(state);
    batch = {
      version,
      saves: state.saves,
      alone,
      leaving,
      lowered: lower.size > 0,
      full: text === null,
      dark: batch.dark,
      short: false,
      behind: repair.unsure && answers.some(queue.has),
    };
    return [
      ...answers,
      .../** @type {Pair[]} */ (text === null ? [] : [["cmi.suspend_data", text]]),
      [LOCATION, lower.has(LOCATION) ? "" : location().slice(0, STRING_LIMIT)],
      ["cmi.core.exit", "suspend"],
      ["cmi.core.session_time", timespan(elapsed())],
      ...(objectives && !alone ? objectives.values(closing) : []),
      ...result.values(lower),
    ];
  }

  // A course too large to track its pages keeps the bookmark only.
  const kept = () => ({
    ...state,
    ...(tracking.pages === "all" ? {} : { visited: new Set(), checks: new Map() }),
    ...(quizzes && { quizzes }),
  });

  /**
   * @param {boolean | null} sure
   * @param {Pair[]} sent
   * @param {Pair[]} refused
   */
  function done(sure, sent, refused) {
    const taken = sent.filter((pair) => !refused.includes(pair));
    for (const pair of interactions.refused(refused, taken.length > 0)) queue.forget(pair);
    if (taken.length && refused.some(([element]) => element.startsWith("cmi.objectives")))
      objectives?.stop();
    /** @type {Written} */
    const written = {
      ...batch,
      sure,
      sent,
      refused,
      // With the state alone, the rest of a batch is still to come.
      confirm: batch.alone
        ? []
        : [interactions.sent(), objectives?.sent(taken), result.sent(refused)],
    };
    const reached = sure === false || batch.dark ? "down" : closing || line.check();
    batch = /** @type {Batch} */ ({});
    const turn = async () => {
      const line = /** @type {LineState} */ (await reached);
      session.idle(() => judge(written, line));
    };
    judged = judged.then(turn, turn);
  }

  /**
   * @param {Written} written
   * @param {LineState} reached
   */
  function judge(written, reached) {
    if (closing) return;
    if (reached !== "up") return lose(written, reached);
    const found = repair.arrive(written);
    if (found === "fine") return keep(written);
    if (found === "over") {
      failures = tries = 0;
      // Answers lost on the way are written once more, the state with them.
      interactions.repeat();
    }
    more();
  }

  /** @param {Written} written */
  function keep(written) {
    for (const confirm of written.confirm) confirm?.();
    if (!written.full) mark?.keep({ confirmed: written.saves });
    if (written.full || written.refused.some(isVital)) return fail("down");
    failures = tries = 0;
    if (written.alone || written.version !== store.version) return;
    tell(written.sure && repair.believed ? "saved" : "unconfirmed");
    answer(/** @type {Outcome} */ (shown));
    if (written.refused.length && interactions.waiting) more();
  }

  /**
   * @param {Written} written
   * @param {LineState} reached
   */
  function lose(written, reached) {
    repair.lose(written, reached);
    for (const pair of written.sent)
      if (!pair[0].startsWith("cmi.interactions")) queue.forget(pair);
    objectives?.lost();
    fail(reached, written.dark);
  }

  /**
   * @param {LineState} reached
   * @param {boolean} [dark]
   */
  function fail(reached, dark = false) {
    if (!dark) tries += 1;
    tell(reached === "unknown" ? "unconfirmed" : failures ? "failed" : "saving");
    more(RETRIES[Math.min(failures, RETRIES.length - 1)]);
    failures += 1;
    answer(reached === "unknown" ? "unconfirmed" : "failed");
  }

  /** @param {number} [delay] */
  function more(delay) {
    resend = true;
    queue.request(delay);
  }

  store.subscribe((soon) => {
    if (closing) return;
    if (shown !== "failed") tell("saving");
    if (soon) queue.request();
  });

  return {
    /** What the LMS holds: the status, and the score in hundredths of a percent or null. */
    reported: result.reported,
    /** Save at the next chance. */
    save: () => queue.request(),
    /** Save now, because the page is hidden or going away. Whether the LMS says it has stored. */
    flush() {
      const ok = queue.flush();
      // A state that was written in a burst with something else may have been overtaken by it.
      if (pace) resend = true;
      return ok;
    },
    /**
     * Save now and wait, for some seconds at most, for the LMS to have it all: "saved",
     * "unconfirmed" or "failed", which it also is where nothing is written any more. What is not
     * known by then is not confirmed.
     */
    confirmed: () =>
      new Promise((resolve) => {
        if (closing) return resolve("failed");
        answer = resolve;
        // A change of nothing, so that what was saved before does not count.
        store.change(() => {}, pace > 0);
        if (!pace) queue.flush();
        return timer(() => resolve(shown === "failed" ? shown : "unconfirmed"), PATIENCE);
      }),
    /** Write nothing more: another window has gone on with the visit, or its LMS is gone. */
    stop() {
      closing = true;
      queue.close();
      answer("failed");
    },
    /** Save and close the visit for good. */
    close() {
      if (closing) return true;
      closing = true;
      const ok = queue.flush(true);
      this.stop();
      if (named) session.finish();
      else session.drop();
      return ok;
    },
  };
}

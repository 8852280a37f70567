// From the state to the LMS: what is written, when, and how a failure is made good.

import { carryBack } from "./edits.js";
import { STATE_LIMIT, STRING_LIMIT, readScore, score as scoreText, timespan } from "./limits.js";
import { measure } from "./progress.js";
import { createQueue } from "./queue.js";
import { decode, encodeWithin } from "./state.js";
import { higher, tellsScore, verdict } from "./tracking.js";

// An LMS without LMSFinish was seen to save each call by itself and out of order (SCORM12.md 4).
const PACE = 150;
const RETRIES = [1000, 5000, 15000, 30000];
// How long the Exit button waits for the LMS.
const PATIENCE = 3000;
const PACED_PATIENCE = 9000;

const STATUS = "cmi.core.lesson_status";
const SCORE = "cmi.core.score.";
const RAW = `${SCORE}raw`;

/**
 * Saves the state of `store` through `session`, a running one. `launch` is what the LMS said at
 * the start: status, score and location. `known(section, key)` tells keys of this course;
 * `location()` gives the bookmark's page id. `report(outcome)` hears what save-status.js shows,
 * each time that it is another.
 *
 * What was written counts once the LMS took it, stored it and could be reached afterwards. An LMS
 * may mark lost values as sent and send only what changed since (MOODLE.md, "Transport"). So once
 * a failure is over, a result that was on the way is written a little lower in one batch and
 * rightly in the next. It has to be another number: Moodle takes "100.0" for "100". While the line
 * is not proved to work, and when the page goes away, only the true values are written.
 */
export function createSaving({
  store, session, launch, outline, tracking, interactions, known, location, line, report, timer, clock,
}) {
  const opened = clock();
  const stored = readScore(launch.score);
  // Some LMSs never return the score that they were told.
  const floor = { status: launch.status, score: stored === null ? store.state.score : Math.max(stored, store.state.score) };
  const held = () => ({ ...floor, score: tellsScore(floor.status, floor.score, tracking) ? floor.score : null });
  const reported = held();
  // Where a quiz keeps its last score, the result may go down.
  const follows = outline.pages.some(({ quiz }) => quiz?.keep === "last");
  // A quiz taken without credit leaves no trace.
  const quizzes = launch.credit ? null : (decode(launch.state)?.quizzes ?? new Map());
  const lost = new Set();
  const pace = session.canFinish ? 0 : PACE;
  let version = -1;
  let renew = false;
  let failures = 0;
  let mending = false;
  let lowered = false;
  let full = false;
  let closing = false;
  let told = "";
  let judged = Promise.resolve();
  let answer = () => {};

  const queue = createQueue({
    collect, write: session.set, commit: session.commit, done, timer, clock, pace,
    stored: [
      [STATUS, launch.status],
      ["cmi.core.lesson_location", launch.location],
      [`${SCORE}min`, launch.min],
      [`${SCORE}max`, launch.max],
      [RAW, stored === null ? "" : scoreText(stored)],
    ],
  });

  function tell(outcome) {
    if (outcome !== told) report((told = outcome));
  }

  function collect(leaving) {
    const { state } = store;
    const found = verdict(measure(outline, state, tracking), tracking);
    if (launch.credit) state.status = higher(state.status, found.status);
    // A changed value makes Moodle send again what it wrongly believes to have sent.
    if (store.version !== version || renew) state.saves += 1;
    version = store.version;
    renew = false;
    lowered = mending && !leaving;
    const told = result(found.score);
    state.score = floor.score;
    carryBack(state, outline);
    const text = encodeWithin(kept(state), STATE_LIMIT, known);
    full = text === null;
    return [
      ...interactions.values(),
      ...(full ? [] : [["cmi.suspend_data", text]]),
      ["cmi.core.lesson_location", location().slice(0, STRING_LIMIT)],
      ["cmi.core.exit", "suspend"],
      ["cmi.core.session_time", timespan(clock() - opened)],
      ...told,
    ];
  }

  // A course too large to track its pages keeps the bookmark only.
  const kept = (state) => ({
    ...state,
    ...(tracking.pages === "all" ? {} : { visited: new Set(), checks: new Map() }),
    ...(quizzes && { quizzes }),
  });

  function result(earned) {
    // Never set, it would become completed.
    if (!launch.credit) return launch.status === "not attempted" ? [[STATUS, "incomplete"]] : [];
    const values = [];
    if (earned !== null) floor.score = follows ? earned : Math.max(floor.score, earned);
    floor.status = higher(floor.status, store.state.status);
    if (held().score !== null) {
      const lower = lowered && lost.has(RAW) ? Math.abs(floor.score - 1) : floor.score;
      values.push([`${SCORE}min`, "0"], [`${SCORE}max`, "100"], [RAW, scoreText(lower)]);
    }
    values.push([STATUS, lowered && lost.has(STATUS) ? "incomplete" : floor.status]);
    return values;
  }

  function done(ok, sent) {
    const batch = { ok, sent, version, lowered, confirm: interactions.sent(), result: held() };
    const reached = ok === false ? "down" : closing || line.check();
    const turn = async () => judge(batch, await reached);
    judged = judged.then(turn, turn);
  }

  function judge(batch, reached) {
    if (closing) return;
    if (full || reached !== "up") {
      fail(batch.sent, reached);
    } else if (failures) {
      failures = 0;
      mending = lost.size > 0;
      // Answers lost on the way are written once more, the state with them.
      interactions.repeat();
      more();
    } else if (mending) {
      mending = !batch.lowered;
      if (!mending) lost.clear();
      more();
    } else {
      batch.confirm();
      Object.assign(reported, batch.result);
      if (batch.version !== store.version) return;
      tell(batch.ok ? "saved" : "unconfirmed");
      answer(true);
    }
  }

  function fail(sent, reached) {
    for (const [element, value] of sent) {
      if (!pace && (element === RAW || (element === STATUS && value !== "incomplete"))) lost.add(element);
      if (!element.startsWith("cmi.interactions")) queue.forget(element, value);
    }
    mending = false;
    tell(reached === "unknown" ? "unconfirmed" : failures ? "failed" : "saving");
    more(RETRIES[Math.min(failures, RETRIES.length - 1)]);
    failures += 1;
    answer(false);
  }

  function more(delay) {
    renew = true;
    queue.request(delay);
  }

  store.subscribe((soon) => {
    if (closing) return;
    if (told !== "failed") tell("saving");
    if (soon) queue.request();
  });

  return {
    /** What the LMS holds: the status, and the score in hundredths of a percent or null. */
    reported,
    /** Save at the next chance. */
    save: () => queue.request(),
    /** Save now, because the page is hidden or going away. Whether the LMS says it has stored. */
    flush: () => queue.flush(),
    /** Save now and wait, for some seconds at most, for the LMS to have it all; whether it has. */
    confirmed: () =>
      new Promise((resolve) => {
        answer = resolve;
        timer(() => resolve(false), pace ? PACED_PATIENCE : PATIENCE);
        // A change of nothing, so that what was saved before does not count.
        store.change(() => {}, pace > 0);
        if (!pace) queue.flush();
      }),
    /** Save and close the visit for good. */
    close() {
      if (session.state !== "running") return true;
      closing = true;
      const ok = queue.flush();
      queue.close();
      session.finish();
      return ok;
    },
  };
}

// From the state to the LMS: what is written, when, and how a failure is made good.

import { carryBack } from "./edits.js";
import { createLearningTime } from "./learning-time.js";
import { STATE_LIMIT, STRING_LIMIT, readScore, score as scoreText, timespan } from "./limits.js";
import { measure } from "./progress.js";
import { createQueue, isVital } from "./queue.js";
import { decode, encodeWithin } from "./state.js";
import { higher, tellsScore, verdict } from "./tracking.js";

// An LMS without LMSFinish was seen to save each call by itself and out of order (SCORM12.md 4).
const PACE = 150;
const RETRIES = [1000, 5000, 15000, 30000, 60000, 120000, 300000];
// How long the Exit button waits for the LMS.
const PATIENCE = 9000;

const STATUS = "cmi.core.lesson_status";
const SCORE = "cmi.core.score.";
const RAW = `${SCORE}raw`;

/**
 * Saves the state of `store` through `session`, a running one. `launch` is what the LMS said at
 * the start: status, score and location. `objectives` are those of objectives.js, or null.
 * `known(section, key)` tells keys of this course; `location()` gives the bookmark's page id.
 * `report(outcome)` hears what save-status.js shows, each time that it is another.
 *
 * What was written counts once the LMS took it, stored it and could be reached afterwards. An LMS
 * may mark lost values as sent and send only what changed since (MOODLE.md, "Transport"). So once
 * a failure is over, a result that was on the way is written a little lower in one batch and
 * rightly in the next. It has to be another number: Moodle takes "100.0" for "100". While the line
 * is not proved to work, and when the page goes away, only the true values are written.
 *
 * An LMS may confirm what cannot have arrived. Moodle does so while the line is down, and is right
 * about each later commit; scormhost does so too, and sends nothing more in that visit (SCORM12.md 4).
 * From here the two look alike, but for this: Moodle keeps a list of interactions and counts it, the
 * other takes anything and says nothing. So an LMS that does not count is not believed any more once
 * it was wrong: until the next visit shows what there is, all is sent and not confirmed. Where each
 * value goes by itself, one that fails does not hold up the next.
 *
 * What the LMS takes counts even where it refuses something else; where that is the state or the
 * result, the trainee is told that not all is saved, and it is tried again.
 */
export function createSaving({
  store, session, launch, outline, tracking, interactions, objectives, known, location, line, report, timer, clock,
}) {
  const elapsed = createLearningTime(clock, timer);
  const { state } = store;
  const stored = readScore(launch.score);
  // Some LMSs never return what they were told (SCORM12.md 6, rule 11); others say 0 before anything.
  const told = state.reported && !launch.interactions;
  const floor = {
    status: launch.status || (told ? state.status : ""),
    score: Math.max(stored, state.score) || state.score,
  };
  const held = () => ({ ...floor, score: tellsScore(floor.status, floor.score, tracking) ? floor.score : null });
  const agreed = told || (state.reported && stored === held().score);
  const reported = { status: floor.status, score: stored || (agreed ? held().score : null) };
  // Where a quiz keeps its last score, the result may go down.
  const follows = outline.pages.some(({ quiz }) => quiz?.keep === "last");
  // A quiz taken without credit leaves no trace.
  const quizzes = launch.credit ? null : (decode(launch.state)?.quizzes ?? new Map());
  const lost = new Set();
  const pace = session.canFinish ? 0 : PACE;
  let version = -1;
  let renew = false;
  let failures = 0;
  // What became of the last batch that did not arrive, until one does.
  let broken = "";
  let mending = false;
  let lowered = false;
  let full = false;
  let closing = false;
  let alone = false;
  // Whether the LMS is known to confirm whatever happens.
  let hollow = false;
  // Whether the line was down at a write of this batch.
  let dark = false;
  let shown = "";
  let judged = Promise.resolve();
  let answer = () => {};

  const queue = createQueue({
    collect, write, commit: session.commit, done, timer, clock, pace,
    stored: [
      [STATUS, reported.status],
      ["cmi.core.lesson_location", launch.location],
      ...(reported.score === null
        ? [] : [[`${SCORE}min`, "0"], [`${SCORE}max`, "100"], [RAW, scoreText(reported.score)]]),
    ],
  });

  // Where each value goes by itself, the state, which comes after an answer, must not arrive without it.
  function write(element, value) {
    dark ||= !line.online();
    return (dark && pace && !alone) || session.set(element, value);
  }

  function tell(outcome) {
    if (outcome !== shown) report((shown = outcome));
  }

  function collect(leaving) {
    const found = verdict(measure(outline, state, tracking), tracking);
    if (launch.credit) state.status = higher(state.status, found.status);
    // A changed value makes Moodle send again what it wrongly believes to have sent.
    if (store.version !== version || renew) state.saves += 1;
    version = store.version;
    renew = false;
    lowered = mending && !leaving;
    const results = result(found.score);
    state.score = floor.score;
    if (launch.credit) state.reported = isReported();
    alone = Boolean(leaving && pace);
    state.late = interactions.late(state.late, (pair) => broken !== "down" && queue.has(pair), alone);
    const answers = alone ? [] : interactions.values();
    state.interactions = interactions.count;
    carryBack(state, outline);
    const text = encodeWithin(kept(), STATE_LIMIT, known);
    full = text === null;
    return [
      ...answers,
      ...(full ? [] : [["cmi.suspend_data", text]]),
      ["cmi.core.lesson_location", location().slice(0, STRING_LIMIT)],
      ["cmi.core.exit", "suspend"],
      ["cmi.core.session_time", timespan(elapsed())],
      ...(objectives && !alone ? objectives.values(closing) : []),
      ...results,
    ];
  }

  const isReported = () =>
    reported.status === state.status && reported.score === held().score && (objectives?.settled() ?? true);

  // A course too large to track its pages keeps the bookmark only.
  const kept = () => ({
    ...state,
    ...(tracking.pages === "all" ? {} : { visited: new Set(), checks: new Map() }),
    ...(quizzes && { quizzes }),
  });

  function result(earned) {
    // Never set, it would become completed.
    if (!launch.credit) return launch.status === "not attempted" ? [[STATUS, "incomplete"]] : [];
    const values = [];
    if (earned !== null) floor.score = follows ? earned : Math.max(floor.score, earned);
    floor.status = higher(floor.status, state.status);
    if (held().score !== null) {
      const lower = lowered && lost.has(RAW) ? Math.abs(floor.score - 1) : floor.score;
      values.push([`${SCORE}min`, "0"], [`${SCORE}max`, "100"], [RAW, scoreText(lower)]);
    }
    values.push([STATUS, lowered && lost.has(STATUS) ? "incomplete" : floor.status]);
    return values;
  }

  function done(ok, sent, refused) {
    for (const pair of interactions.refused(refused)) queue.forget(pair);
    if (refused.some(([element]) => element.startsWith("cmi.objectives"))) objectives.stop();
    const batch = {
      sent, refused, full, version, lowered, sure: ok, confirm: [interactions.sent(), objectives?.sent()],
      result: { ...reported, ...taken(refused) },
    };
    const reached = ok === false || dark ? "down" : closing || line.check();
    dark = false;
    const turn = async () => judge(batch, await reached);
    judged = judged.then(turn, turn);
  }

  function taken(refused) {
    const result = held();
    if (refused.some(([element]) => element === STATUS)) delete result.status;
    if (refused.some(([element]) => element === RAW)) delete result.score;
    return result;
  }

  function judge(batch, reached) {
    if (closing) return;
    if (reached !== "up") {
      lose(batch, reached);
    } else if (broken) {
      broken = "";
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
      for (const confirm of batch.confirm) confirm?.();
      Object.assign(reported, batch.result);
      if (batch.full || batch.refused.some(isVital)) return fail("down");
      failures = 0;
      if (batch.version !== store.version) return;
      tell(batch.sure && !hollow ? "saved" : "unconfirmed");
      answer(shown);
      if (batch.refused.length && interactions.waiting) more();
    }
  }

  function lose({ sent, sure }, reached) {
    hollow ||= sure && !pace && !launch.interactions;
    for (const pair of sent) {
      const [element, value] = pair;
      if (!pace && (element === RAW || (element === STATUS && value !== "incomplete"))) lost.add(element);
      if (!element.startsWith("cmi.interactions")) queue.forget(pair);
    }
    objectives?.lost();
    mending = false;
    broken = reached;
    fail(reached);
  }

  function fail(reached) {
    tell(reached === "unknown" ? "unconfirmed" : failures ? "failed" : "saving");
    more(RETRIES[Math.min(failures, RETRIES.length - 1)]);
    failures += 1;
    answer(reached === "unknown" ? "unconfirmed" : "failed");
  }

  function more(delay) {
    renew = true;
    queue.request(delay);
  }

  store.subscribe((soon) => {
    if (closing) return;
    if (shown !== "failed") tell("saving");
    if (soon) queue.request();
  });

  return {
    /** What the LMS holds: the status, and the score in hundredths of a percent or null. */
    reported,
    /** Save at the next chance. */
    save: () => queue.request(),
    /** Save now, because the page is hidden or going away. Whether the LMS says it has stored. */
    flush() {
      const ok = queue.flush();
      // A state that was written in a burst with something else may have been overtaken by it.
      if (pace) renew = true;
      return ok;
    },
    /**
     * Save now and wait, for some seconds at most, for the LMS to have it all: "saved", "unconfirmed"
     * or "failed", which it also is where nothing is written any more.
     */
    confirmed: () =>
      new Promise((resolve) => {
        if (closing) return resolve("failed");
        answer = resolve;
        // A change of nothing, so that what was saved before does not count.
        store.change(() => {}, pace > 0);
        if (!pace) queue.flush();
        return timer(() => resolve("failed"), PATIENCE);
      }),
    /** Write nothing more, and leave the visit to the LMS: another window has gone on with it. */
    stop() {
      closing = true;
      queue.close();
    },
    /** Save and close the visit for good. */
    close() {
      if (closing || session.state !== "running") return true;
      closing = true;
      const ok = queue.flush(true);
      queue.close();
      session.finish();
      return ok;
    },
  };
}

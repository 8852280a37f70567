// From the state to the LMS: what is written, when, and how a failure is made good.

import { STATE_LIMIT, STRING_LIMIT, readScore, score as scoreText, timespan } from "./limits.js";
import { measure } from "./progress.js";
import { createQueue } from "./queue.js";
import { encodeWithin } from "./state.js";
import { higher, verdict } from "./tracking.js";

// An LMS without LMSFinish was seen to save each call by itself and out of order (SCORM12.md 4).
const PACE = 150;
const RETRIES = [1000, 5000, 15000, 30000];

/**
 * Saves the state of `store` through `session`, a running one. `launch` is what the LMS said at
 * the start: status, score and location. `known(section, key)` tells keys of this course;
 * `location()` gives the bookmark's page id. `report(outcome)` hears what save-status.js shows.
 */
export function createSaving({
  store, session, launch, outline, tracking, interactions, known, location, line, report, timer, clock,
}) {
  const opened = clock();
  const floor = { status: launch.status, score: readScore(launch.score) };
  let saved = -1;
  let failures = 0;
  let full = false;
  let closing = false;

  const queue = createQueue({
    collect,
    write: session.set,
    commit: session.commit,
    done,
    timer,
    clock,
    pace: session.canFinish ? 0 : PACE,
    stored: [
      ["cmi.core.lesson_status", launch.status],
      ["cmi.core.lesson_location", launch.location],
    ],
  });

  function collect() {
    const { state } = store;
    const judged = verdict(measure(outline, state, tracking), tracking);
    state.status = higher(state.status, judged.status);
    // A changed value makes Moodle send again what it wrongly believes to have sent.
    if (store.version !== saved) state.saves += 1;
    saved = store.version;
    const text = encodeWithin(kept(state), STATE_LIMIT, known);
    full = text === null;
    return [
      ...interactions.values(),
      ...(full ? [] : [["cmi.suspend_data", text]]),
      ["cmi.core.lesson_location", location().slice(0, STRING_LIMIT)],
      ["cmi.core.exit", "suspend"],
      ["cmi.core.session_time", timespan(clock() - opened)],
      ...(launch.credit ? result(judged.score) : []),
    ];
  }

  // A course too large to track its pages keeps the bookmark only.
  const kept = (state) =>
    tracking.pages === "all" ? state : { ...state, visited: new Set(), checks: new Map() };

  function result(score) {
    const values = [];
    if (score !== null && score > (floor.score ?? -1)) floor.score = score;
    if (score !== null) {
      values.push(
        ["cmi.core.score.min", "0"],
        ["cmi.core.score.max", "100"],
        ["cmi.core.score.raw", scoreText(floor.score)],
      );
    }
    floor.status = higher(floor.status, store.state.status);
    values.push(["cmi.core.lesson_status", floor.status]);
    return values;
  }

  async function done(ok) {
    if (closing) return;
    const confirm = interactions.sent();
    const reached = ok === false ? "down" : await line.check();
    if (full || reached !== "up") {
      again(reached === "unknown" ? "unconfirmed" : failures ? "failed" : "retrying");
    } else if (failures) {
      // Answers lost on the way are written once more, the state with them.
      failures = 0;
      interactions.repeat();
      saved = -1;
      queue.request();
    } else {
      confirm();
      report(ok ? "saved" : "unconfirmed");
    }
  }

  function again(outcome) {
    saved = -1;
    report(outcome);
    queue.request(RETRIES[Math.min(failures, RETRIES.length - 1)]);
    failures += 1;
  }

  store.subscribe((soon) => {
    if (soon) queue.request();
  });

  return {
    /** What the LMS was last told: the status, and the score in hundredths of a percent or null. */
    reported: floor,
    /** Save at the next chance. */
    save: () => queue.request(),
    /** Save now, because the page is hidden or going away. Whether the LMS says it has stored. */
    flush: () => queue.flush(),
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

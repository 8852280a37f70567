// The life of one trainee's record: visit after visit in LMSs that lose things, each its own way.
// What the player told as saved is held against what the LMS has in the end.

import { answerValues } from "../../templates/player/lms/answer-values.ts";
import { createInteractions } from "../../templates/player/lms/interactions.ts";
import { createNoAnswers } from "../../templates/player/lms/no-answers.ts";
import { readLaunch } from "../../templates/player/lms/launch-values.ts";
import { reportLate } from "../../templates/player/lms/late-answers.ts";
import { createSaving } from "../../templates/player/lms/saving.ts";
import { createSession } from "../../templates/player/lms/session.ts";
import { decode } from "../../templates/player/state/codec.ts";
import { carryBack } from "../../templates/player/state/edits.ts";
import { emptyState } from "../../templates/player/state/state.ts";
import { shortenings } from "../../templates/player/state/shortening.ts";
import { createStore } from "../../templates/player/state/store.ts";
import { measure } from "../../templates/player/state/progress.ts";
import { higher, verdict } from "../../templates/player/state/tracking.ts";

const STATUS = "cmi.core.lesson_status";
const ID = /^cmi\.interactions\.(\d+)\.id$/;

/** The answers of a visit, at a fixed time. */
export const listAnswers = (count, counted = 0) =>
  createNoAnswers(count, counted, (...counts) =>
    createInteractions(counts[0], () => new Date(2026, 10, 25, 9, 5, 7), answerValues, counts[1]),
  );

const LOOK_UPS = ["LMSGetErrorString", "LMSGetDiagnostic"];

/**
 * Run-times by name: each makes the API of one visit over the `record` that its server holds.
 * `now()` names what is wrong at the moment; `later(ms, act)` acts after the server's time.
 */
const RUN_TIMES = {
  /**
   * Sends what changed since it was last sent, which it takes to have arrived
   * (facts/moodle.md#transport).
   */
  moodle({ record, now }) {
    const values = { ...record };
    const sent = { ...record };
    const commit = () => {
      const fault = now();
      for (const [element, value] of Object.entries(values)) {
        if (sent[element] !== value && fault !== "offline" && fault !== "expired")
          record[element] = value;
        sent[element] = value;
      }
      return String(fault !== "expired");
    };
    return { ...listed(values, now), LMSCommit: commit, LMSFinish: commit };
  },
  /** Sends everything with each commit, and says whether it arrived. */
  plain({ record, now }) {
    const values = { ...record };
    const commit = () => {
      if (now() === "offline" || now() === "expired") return "false";
      Object.assign(record, values);
      return "true";
    };
    return { ...listed(values, now), LMSCommit: commit, LMSFinish: commit };
  },
  /**
   * Says nothing but the state and the location, sends each value at once; its commit does nothing.
   */
  openEdx({ record, now }) {
    const known = { ...record };
    return {
      LMSGetValue: (element) =>
        /suspend_data|location/.test(element) ? (known[element] ?? "") : "",
      LMSSetValue(element, value) {
        known[element] = value;
        if (now() !== "offline") record[element] = value;
        return "true";
      },
      LMSCommit: () => "true",
      LMSFinish: () => "true",
    };
  },
  /**
   * Confirms everything, and sends nothing more in a visit in which it could not
   * (facts/learning-systems.md#scormhost).
   */
  scormhost({ record, now }) {
    const values = { ...record };
    let dead = false;
    const commit = () => {
      dead ||= now() === "offline";
      if (!dead) Object.assign(record, values);
      return "true";
    };
    return {
      LMSGetValue: (element) => values[element] ?? (element === STATUS ? "not attempted" : ""),
      LMSSetValue(element, value) {
        values[element] = value;
        return "true";
      },
      LMSCommit: commit,
      LMSFinish: commit,
      answers: () => !dead,
    };
  },
  /** No LMSFinish; each value reads and writes the whole row of the attempt, on its own way. */
  wagtail({ record, now, later, delays }) {
    const known = { ...record };
    let calls = 0;
    return {
      LMSGetValue: (element) => (/_count/.test(element) ? "" : (known[element] ?? "")),
      LMSSetValue(element, value) {
        if (now() === "offline") return "true";
        calls += 1;
        const [reads, writes] = delays[calls % delays.length];
        later(reads, () => {
          const row = { ...record };
          later(writes, () => {
            for (const name of Object.keys(row))
              if (!name.startsWith("cmi.interactions")) record[name] = row[name];
            record[element] = value;
            known[element] = value;
          });
        });
        return "true";
      },
      LMSCommit: () => "true",
    };
  },
};

// A list has no gaps (facts/scorm-1.2.md#data-model); what is stored with gaps is counted without
// them.
function listed(values, now) {
  let count = Object.keys(values).filter((element) => ID.test(element)).length;
  return {
    LMSGetValue(element) {
      if (element === "cmi.interactions._count") return count;
      return values[element] ?? (element === STATUS ? "not attempted" : "");
    },
    LMSSetValue(element, value) {
      const index = /^cmi\.interactions\.(\d+)/.exec(element)?.[1];
      if (Number(index) > count || [element, "any"].includes(now())) return "false";
      if (Number(index) === count) count += 1;
      values[element] = value;
      return "true";
    },
  };
}

/** The API with every call counted but those that ask for the words of an error, which need one. */
function counted(api) {
  const calls = { all: 0, failed: false };
  const whole = {
    LMSInitialize: () => "true",
    LMSGetLastError: () => "0",
    LMSGetErrorString: () => "",
    ...api,
  };
  for (const [name, call] of Object.entries(whole)) {
    whole[name] = (...args) => {
      const value = call(...args);
      if (!LOOK_UPS.includes(name) && !(name === "LMSGetLastError" && calls.failed)) calls.all += 1;
      calls.failed = /Set|Commit|Finish|Init/.test(name) && value === "false";
      return value;
    };
  }
  return { api: whole, calls };
}

/**
 * `visits` are {events, faults, end, kill}: events are [ms, act, ...arguments] of `acts`, faults
 * [from, to, what] with "offline", "expired", "unknown" or an element that is refused, "any" for
 * all; `kill` is whether the browser dies at `end` ms or leaves the page. `delays` are those of the
 * LMS's server.
 *
 * Gives what was said to be saved (the state at that moment), what the record holds in the end, and
 * the calls of each visit.
 */
export async function lives({
  runTime,
  outline,
  tracking,
  pages,
  visits,
  delays = [[0, 0]],
  acts,
  createTime,
}) {
  const record = {};
  const promised = [];
  const calls = [];
  for (const { events, faults = [], end, kill = false } of visits) {
    const time = createTime();
    let alive = true;
    const now = () =>
      faults.find(([from, to]) => from <= time.clock() && time.clock() < to)?.[2] ?? "";
    const server = { record, now, later: (ms, act) => time.timer(act, ms), delays };
    const made = counted(RUN_TIMES[runTime](server));
    const answers = made.api.answers ?? (() => true);
    const session = createSession(made.api, () => {});
    session.initialise();
    const launch = readLaunch(session);
    const state = decode(launch.state) ?? emptyState("AAAAAAAA");
    state.status = higher(state.status, launch.status);
    const store = createStore(state);
    const interactions = listAnswers(launch.interactions, state.interactions);
    const timer = (call, ms) => time.timer(() => alive && call(), ms);
    const saving = createSaving({
      store,
      session,
      launch,
      outline,
      tracking,
      interactions,
      timer,
      objectives: null,
      judge: () => verdict(measure(outline, state, tracking), tracking),
      carryBack: () => carryBack(state, outline),
      shortenings: () => shortenings(() => () => true),
      location: () =>
        outline.pages.find(({ key }) => key === state.bookmark)?.id ?? launch.location,
      line: {
        online: () => now() !== "offline",
        // A run-time that has stopped sending is not seen to send.
        check: async () =>
          ({ offline: "down", unknown: "unknown" })[now()] ?? (answers() ? "up" : "reached"),
      },
      report(outcome) {
        if (outcome === "saved" && alive) promised.push(structuredClone(state));
      },
      clock: time.clock,
    });
    if (interactions.complete() && session.canFinish) state.late.clear();
    await reportLate({
      keys: store.state.late,
      pages: outline.pages,
      state,
      interactions,
      async load(page) {
        if (now() === "offline") throw TypeError("Failed to fetch");
        return { questions: pages[page.id] ?? {} };
      },
      behaviourOf: () => ({
        reported: (_, response) => [{ part: "", response }],
        credit: () => 10000,
      }),
      save: () => store.change(() => {}),
    });
    for (const [at, act, ...rest] of events) {
      await time.until(at);
      acts[act]({ store, interactions, saving, keys: [], log: [], clock: time.clock }, ...rest);
    }
    await time.until(end);
    if (!kill) saving.close();
    calls.push(made.calls.all);
    alive = false;
    // The server goes on with what reached it.
    await time.until(end + 5000);
  }
  return { promised, record, calls };
}

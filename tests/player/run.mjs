// Runs the player's pure modules for the tests: one JSON [name, ...arguments] a line in, one JSON
// {value} or {error} a line out. Maps and sets travel as lists, so that their order is kept.
import { createInterface } from "node:readline";

import { addTo, doneSince } from "../../templates/player/state/additions.ts";
import { carryBack, carryOver, notSeen } from "../../templates/player/state/edits.ts";
import { findApi, windowsOfLms } from "../../templates/player/lms/find-api.ts";
import { answersAsText } from "../../templates/player/keep/answers-as-text.ts";
import { fateOf, partOf } from "../../templates/player/keep/belonging.ts";
import { placeOf } from "../../templates/player/keep/place.ts";
import {
  markBefore,
  missedInWords,
  neededInWords,
  scoreInWords,
} from "../../templates/player/page/mark-words.ts";
import { outcomeKey } from "../../templates/player/page/quiz-results.ts";
import { pagesInResponse } from "../../templates/player/page/shown-pages.ts";
import { courseTotal } from "../../templates/player/state/course-total.ts";
import { createAttempts } from "../../templates/player/state/attempts.ts";
import { isRead, pagesAhead } from "../../templates/player/state/asked.ts";
import { attemptOf, seedsOf } from "../../templates/player/state/drawing.ts";
import { createVersionReport } from "../../templates/player/lms/version.ts";
import { readLaunch, visitNotice } from "../../templates/player/lms/launch-values.ts";
import { createEvidence } from "../../templates/player/lms/evidence.ts";
import { createLearningTime } from "../../templates/player/lms/learning-time.ts";
import * as limits from "../../templates/player/lms/limits.ts";
import { reportLate, triedAgain } from "../../templates/player/lms/late-answers.ts";
import { askOwnOrigin, createLine } from "../../templates/player/lms/reachability.ts";
import { createLink } from "../../templates/player/app/lms-link.ts";
import { createVisit } from "../../templates/player/app/visit.ts";
import { createAhead } from "../../templates/player/shell/ahead.ts";
import { readRoute } from "../../templates/player/shell/routes.ts";
import { firstTriesOf } from "../../templates/player/state/first-tries.ts";
import { minutesLeft } from "../../templates/player/shell/tally.ts";
import { preferred } from "../../templates/player/shell/language-choice.ts";
import { createLocks, linkLocks } from "../../templates/player/state/locks.ts";
import { createJournal, withoutFreeText } from "../../templates/player/keep/journal.ts";
import { isOldCopy } from "../../templates/player/keep/old-copy-rule.ts";
import { createMark } from "../../templates/player/keep/visit-mark.ts";
import { merge } from "../../templates/player/state/merge.ts";
import { forgetWords } from "../../templates/player/state/private-words.ts";
import * as progress from "../../templates/player/state/progress.ts";
import { gateOpen, knownKeys, measure, pageStatus } from "../../templates/player/state/progress.ts";
import { isVital } from "../../templates/player/lms/elements.ts";
import { createLedger } from "../../templates/player/lms/ledger.ts";
import { createQueue } from "../../templates/player/lms/queue.ts";
import { choice } from "../../templates/player/questions/choice.ts";
import { likert } from "../../templates/player/questions/likert.ts";
import { format, numeric, parse } from "../../templates/player/questions/numeric.ts";
import { fillIn, forgiven } from "../../templates/player/questions/fill-in.ts";
import { matching } from "../../templates/player/questions/matching.ts";
import { performance as practical } from "../../templates/player/questions/performance.ts";
import { reflection, reportable } from "../../templates/player/questions/reflection.ts";
import { sequencing, startOrder } from "../../templates/player/questions/sequencing.ts";
import { createObjectives } from "../../templates/player/lms/objectives.ts";
import { placeIn, resumePage } from "../../templates/player/shell/resume-page.ts";
import { createFacts } from "../../templates/player/lms/facts.ts";
import { plan } from "../../templates/player/lms/batch.ts";
import { settle } from "../../templates/player/lms/settle.ts";
import { savedKey } from "../../templates/player/shell/result-saved.ts";
import { createSaving } from "../../templates/player/lms/saving.ts";
import * as scenario from "../../templates/player/state/scenario.ts";
import * as scoring from "../../templates/player/state/scoring.ts";
import { createSession } from "../../templates/player/lms/session.ts";
import * as search from "../../templates/player/shell/search.ts";
import { decode, encode } from "../../templates/player/state/codec.ts";
import { isoDate, today } from "../../templates/player/state/days.ts";
import { encodeWithin } from "../../templates/player/state/fitting.ts";
import { shortenings } from "../../templates/player/state/shortening.ts";
import { roomOf } from "../../templates/player/state/letters.ts";
import {
  TRIES_LIMIT,
  emptyState,
  newAttempt,
  startAgain,
} from "../../templates/player/state/state.ts";
import { sha256 } from "../../templates/player/keep/sha256.ts";
import { endTest, mayTry } from "../../templates/player/state/test-out.ts";
import { shuffled } from "../../templates/player/state/shuffle.ts";
import { createStore } from "../../templates/player/state/store.ts";
import { courseScore, higher, tellsScore, verdict } from "../../templates/player/state/tracking.ts";
import { wayOut } from "../../templates/player/keep/old-copy-way-out.ts";
import { createWindows } from "../../templates/player/keep/windows.ts";
import { dayInWords } from "../../templates/player/dom/dates.ts";
import { createWords, listInWords, percent } from "../../templates/player/dom/words.ts";
import { listAnswers, lives } from "./lives.mjs";

const BEHAVIOURS = {
  choice,
  matching,
  performance: practical,
  reflection,
  sequencing,
  "fill-in": fillIn,
  numeric,
  likert,
  "true-false": choice,
};

const fromPairs = (state) => ({
  ...state,
  visited: new Set(state.visited),
  late: new Set(state.late),
  checks: new Map(state.checks),
  quizzes: new Map(
    state.quizzes.map(([key, quiz]) => [key, { ...quiz, answers: new Map(quiz.answers) }]),
  ),
  records: new Map(state.records),
});

const toPairs = (state) =>
  state && {
    ...state,
    visited: [...state.visited],
    late: [...state.late],
    checks: [...state.checks],
    quizzes: [...state.quizzes].map(([key, quiz]) => [
      key,
      { ...quiz, answers: [...quiz.answers] },
    ]),
    records: [...state.records],
  };

/**
 * What is fetched ahead as pages come on view: `moves` are their places. Of the `fails`, the first
 * request fails. Gives what was asked for after each move, and how many requests ran at once.
 */
async function fetchedAhead({ modules, pages: ids, bundles, moves, fails = [] }) {
  const pages = ids.map((id) => ({ id }));
  const down = new Set(fails);
  const here = new Set();
  const waiting = [];
  let at = 0;
  let asked = [];
  let running = 0;
  let most = 0;
  const request = async (name, brought) => {
    asked.push(name);
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    if (down.delete(name)) throw new Error("offline");
    for (const id of brought) here.add(id);
  };
  const ahead = createAhead({
    bundles,
    outline: { modules, pages },
    current: () => pages[at] ?? null,
    load: (kind, number, src) => request(src, bundles[Number(number)].pages),
    loadPage: (page) => request(page.id, [page.id]),
    has: (page) => here.has(page.id),
    whenQuiet: (call) => waiting.push(call),
  });
  const told = [];
  for (const place of moves) {
    at = place;
    here.add(ids[at]);
    ahead.moved();
    while (waiting.length || running) {
      waiting.shift()?.();
      await new Promise(setImmediate);
    }
    told.push(asked);
    asked = [];
  }
  return { told, most };
}

/** Time that only moves when told: timers run in order of their time. */
function createTime(early = 0) {
  let now = 0;
  let timers = [];
  return {
    clock: () => now,
    /** A call that stops everything for so long. */
    stop: (ms) => (now += ms),
    timer: (call, ms) => timers.push({ at: now + ms, call }),
    async until(end) {
      for (;;) {
        await new Promise(setImmediate);
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        // Browsers' timers fire up to a millisecond before their time by the clock.
        now = Math.max(now, next.at - early);
        next.call();
      }
      now = Math.max(now, end);
    },
  };
}

/**
 * Writes what `events` put: [ms, element, value], with "later" for what waits for another reason to
 * write, [ms, "flush", "close" or "types"] or [ms, "forget", element, value]. Each call `takes` so
 * many ms.
 */
async function queue({ events, pace, refused = [], stored = [], until, early, takes = 0 }) {
  const time = createTime(early);
  const log = [];
  const values = new Map();
  const ledger = createLedger(stored);
  const store = {};
  const made = createQueue({
    store,
    plan: () => ({ pairs: [...values] }),
    session: {
      set(element, value) {
        log.push([time.clock(), element, value]);
        time.stop(takes);
        return !refused.includes(element);
      },
      commit() {
        log.push([time.clock(), "commit"]);
        time.stop(takes);
        return true;
      },
    },
    line: { online: () => true },
    ledger,
    patient: () => false,
    done: ({ sure, refused }) =>
      log.push([time.clock(), "done", refused.some(isVital) ? false : sure]),
    timer: time.timer,
    clock: time.clock,
    pace,
  });
  for (const [at, element, value, old] of events) {
    await time.until(at);
    if (element === "flush") made.flush();
    else if (element === "types") store.typed = time.clock();
    else if (element === "forget") ledger.forget([value, old]);
    else if (element === "close") made.close();
    else {
      values.set(element, value);
      if (old !== "later") made.request();
    }
  }
  await time.until(until);
  return log;
}

const ACTS = {
  visit: ({ store, keys }, key) =>
    store.change((state) => {
      state.visited.add(key);
      state.bookmark = key;
      keys.push(key);
    }),
  quiz: ({ store }, key, quiz) =>
    store.change((state) => state.quizzes.set(key, { ...quiz, answers: new Map(quiz.answers) })),
  record: ({ store }, key, record) => store.change((state) => state.records.set(key, record)),
  score: ({ store }, score) => store.change((state) => (state.score = score)),
  type: ({ store }) => store.change(() => {}, false),
  exit: ({ saving, log, clock }) =>
    void saving.confirmed().then((outcome) => log.push([clock(), "exit", outcome])),
  answer: ({ interactions, store }, answer) => {
    interactions.add(answer);
    store.change(() => {});
  },
  practise({ interactions, store }, page, question, response) {
    interactions.add({
      page,
      question,
      reported: [{ part: "", response }],
      credit: 10000,
      latency: 1000,
      use: "practice",
    });
    store.change(({ checks }) => checks.set(question.key, { tries: 1, first: true, response }));
  },
  flush: ({ saving }) => saving.flush(),
  save: ({ saving }) => saving.save(),
  hold: ({ saving }, ms) => saving.hold(ms),
  // Another window has written up to this index, at the same time.
  overtaken({ saving, interactions, lms }, end, ...lost) {
    for (const element of lost) lms.lose(element);
    interactions.follow(end);
    saving.again();
  },
  close: ({ saving }) => saving.close(),
};

/**
 * An LMS that takes numbers for numbers, and sends with a commit what differs from what it sent
 * before, lost or not, as Moodle does. `commits` are the outcomes of the first ones: true, false,
 * null, "lost" (says true and stores nothing) or "kept" (says false and stores). Each element in
 * `refused` is refused once. `reading(state)` is what it returns for the state that it has got.
 */
function createLms(stored, commits, refused, reading = (state) => state) {
  const values = new Map();
  const sent = new Map();
  return {
    get: (element) => reading(values.get(element) ?? ""),
    lose(element) {
      delete stored[element];
      sent.delete(element);
    },
    set(element, value) {
      if (refused.includes(element)) {
        refused.splice(refused.indexOf(element), 1);
        return false;
      }
      values.set(element, element.includes("score") ? Number(value) : value);
      return true;
    },
    commit() {
      const outcome = commits.length ? commits.shift() : true;
      for (const [element, value] of values) {
        if (sent.get(element) !== value && outcome !== false && outcome !== "lost")
          stored[element] = value;
        sent.set(element, value);
      }
      return { lost: true, kept: false }[outcome] ?? outcome;
    },
  };
}

/** Everything in it can be read and nothing changed. */
function frozen(value) {
  if (Object.isFrozen(value)) return value;
  if (value instanceof Set || value instanceof Map) {
    for (const name of ["add", "set", "delete", "clear"]) {
      value[name] = () => {
        throw Error(`${name} of what is only to be read`);
      };
    }
  }
  if (value && typeof value === "object") Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/**
 * Batches of one visit, without a queue: each step is {acts, moment, line, refused, arrives}:
 * `acts` are done, a batch is planned with `moment` ({leaving, last, trouble, again}), of which the
 * LMS refuses the elements `refused`, and confirms it if it `arrives`. Gives each batch with the
 * state as it was planned, and what then counts as reported.
 */
function batches({ outline, tracking, launch, canFinish = true, steps }) {
  const time = createTime();
  const given = {
    status: "",
    score: "",
    location: "",
    state: "",
    interactions: "0",
    credit: true,
    ...launch,
  };
  const store = createStore(decode(given.state) ?? emptyState("AAAAAAAA"));
  store.state.status = higher(store.state.status, given.status);
  const interactions = listAnswers(given.interactions, store.state.interactions);
  const { state } = store;
  const facts = createFacts({
    store,
    launch: given,
    outline,
    tracking,
    interactions,
    session: { canFinish },
    ...time,
    judge: () => ({
      ...verdict(measure(outline, state, tracking), tracking),
      day: "2026-11-25",
    }),
    location: () => outline.pages.find(({ key }) => key === state.bookmark)?.id ?? "",
  });
  return steps.map(({ acts, moment, refused, arrives }) => {
    for (const [act, ...rest] of acts) ACTS[act]({ store, interactions, keys: [] }, ...rest);
    if (moment.again) facts.again();
    const before = toPairs(state);
    const seen = frozen(facts.look(moment.leaving, moment.last, moment.trouble));
    const batch = plan(
      frozen(structuredClone(state)),
      seen,
      shortenings(() => () => true),
    );
    store.note((state) =>
      Object.assign(state, { ...batch.noted, late: new Set(batch.noted.late) }),
    );
    const taken = (pair) => !refused.includes(pair[0]);
    const sent = batch.pairs.filter((pair) => !facts.ledger.has(pair));
    for (const pair of sent) facts.ledger.enter(pair, taken(pair));
    const confirm = facts.written({ batch, sent, refused: sent.filter((pair) => !taken(pair)) });
    const reported = { ...facts.reported };
    if (arrives) for (const act of confirm) act?.();
    return {
      pairs: batch.pairs,
      full: batch.full,
      lower: batch.lower,
      saves: batch.noted.saves,
      before,
      after: toPairs(state),
      reported: [reported, { ...facts.reported }],
    };
  });
}

/** What an LMS may return for a state. */
const READ = {
  whole: (state) => state,
  start: (state) => state.slice(0, 40),
  nothing: () => "",
  other: (state) => `${state.slice(0, 40)}?`,
  longer: (state) => `${state} `,
  refused: () => null,
};

/**
 * One visit: `events` are [ms, act, ...arguments]; `commits` and `refused` are those of the LMS,
 * `lines` what each check of the line finds (up from then on). `returned` names what the LMS
 * returns for the state (READ, whole from then on), reading takes `readMs`. Gives the log of writes
 * and commits, what the trainee was told, when the state was read back, the state, what the LMS
 * stored and what the player reports.
 */
async function visit({
  outline,
  tracking,
  launch,
  events,
  commits = [],
  refused = [],
  lines = [],
  until,
  canFinish = true,
  returned = [],
  readMs = 0,
  hidden = false,
}) {
  const time = createTime();
  const log = [];
  const told = [];
  const reads = [];
  const reading = (state) => READ[returned.shift() ?? "whole"](state);
  const given = {
    status: "",
    score: "",
    location: "",
    state: "",
    interactions: "0",
    credit: true,
    ...launch,
  };
  const stored = {};
  const lms = createLms(stored, commits, refused, reading);
  const store = createStore(decode(given.state) ?? emptyState("AAAAAAAA"));
  store.state.status = higher(store.state.status, given.status);
  const interactions = listAnswers(given.interactions, store.state.interactions);
  const session = {
    canFinish,
    state: "running",
    idle: (act) => act(),
    readMs,
    read(element) {
      reads.push(time.clock());
      return lms.get(element);
    },
    set(element, value) {
      log.push([time.clock(), element, value]);
      return lms.set(element, value);
    },
    commit() {
      log.push([time.clock(), "commit"]);
      return lms.commit();
    },
    finish() {
      log.push([time.clock(), "finish"]);
      session.drop();
    },
    drop: () => (session.state = "finished"),
  };
  const saving = createSaving({
    store,
    session,
    launch: given,
    outline,
    tracking,
    interactions,
    judge: () => verdict(measure(outline, store.state, tracking), tracking),
    decided: () => progress.decided(store.state, outline),
    shortenings: () => shortenings(() => () => true),
    location: () => outline.pages.find(({ key }) => key === store.state.bookmark)?.id ?? "",
    line: {
      online: () => true,
      async check(delivery) {
        if (lines[0] === "hangs") return new Promise(() => {});
        const [line, ms, then] = [lines.shift() ?? "up"].flat();
        if (then) delivery.late = new Promise((tell) => time.timer(() => tell(then), ms));
        return line;
      },
    },
    report: (outcome) => told.push([time.clock(), outcome]),
    hidden: () => hidden,
    timer: time.timer,
    clock: time.clock,
  });
  for (const [at, act, ...rest] of events) {
    await time.until(at);
    ACTS[act]({ store, interactions, saving, lms, log, clock: time.clock, keys: [] }, ...rest);
  }
  await time.until(until);
  return { log, told, reads, state: toPairs(store.state), stored, reported: saving.reported };
}

/**
 * Visits to a course with modules in an LMS that keeps objectives, or with `keeps` false does not:
 * each is a list of steps, the page that is visited, or [quiz page, its best score], each followed
 * by a save that is stored, refused where it is "refused", lost where it is "lost", or cut short
 * before it where it is "unwritten"; the "last" has more calls to spare. `reported` is whether the
 * state says at the next launch that the LMS had confirmed everything. Gives the calls of each
 * save, reads included, and what the LMS has in the end.
 */
function objectives({ outline, tracking, visits, record = {}, keeps = true, reported = true }) {
  const saves = [];
  const state = emptyState("AAAAAAAA");
  const settled = [];
  for (const steps of visits) {
    let calls = [];
    const count = () => Object.keys(record).filter((element) => element.endsWith(".id")).length;
    const session = {
      get(element) {
        if (!element.endsWith("_count")) calls.push(element);
        return element.endsWith("_count")
          ? keeps
            ? String(count())
            : ""
          : (record[element] ?? "");
      },
    };
    const judge = (pages) => verdict(measure({ pages }, state, tracking), tracking);
    const made = createObjectives({ session, outline, state, judge, higher });
    if (!made) return null;
    for (const [page, outcome, score] of steps) {
      state.visited.add(page);
      if (score !== undefined)
        state.quizzes.set(page, { attempts: 1, best: score, open: false, answers: new Map() });
      const pairs = made.values(outcome === "last");
      const confirm = made.sent(["refused", "unwritten"].includes(outcome) ? [] : pairs);
      if (outcome === "refused") made.stop();
      else if (outcome === "lost") made.lost();
      else if (outcome !== "unwritten") {
        for (const [element, value] of pairs) {
          const index = Number(element.split(".")[2]);
          if (element.endsWith(".id") ? index > count() : !(`cmi.objectives.${index}.id` in record))
            throw Error(`${element} leaves a gap`);
          record[element] = value;
        }
        confirm();
      }
      saves.push([...calls, ...pairs]);
      calls = [];
    }
    settled.push(made.settled());
    state.reported = reported && made.settled();
  }
  return { saves, record, settled };
}

/**
 * A visit in which nothing can be saved because the line is down, then another LMS in the place of
 * the first: `answers` are [page id, question] before it and `later` those after it. Gives the ids
 * that each LMS was told, in the order of their places, and whether the first one was called again.
 */
async function renewed({ outline, tracking, pages, answers, later }) {
  const time = createTime();
  const lms = [0, 1].map(() => ({ values: new Map(), calls: 0 }));
  const apis = lms.map((one) => ({
    LMSInitialize: () => "true",
    LMSGetValue: (element) => (element.endsWith("_count") ? "0" : ""),
    LMSSetValue(element, value) {
      one.calls += 1;
      one.values.set(element, value);
      return "true";
    },
    LMSCommit: () => "true",
    LMSFinish: () => "true",
    LMSGetLastError: () => "0",
  }));
  let there = 0;
  const link = createLink(
    () => apis[there],
    () => {},
    { isOld: () => false },
    true,
  );
  const store = createStore(emptyState("AAAAAAAA"));
  const { state } = store;
  const interactions = listAnswers("0");
  const visit = createVisit(link, ({ session, launch }) =>
    createSaving({
      store,
      session,
      launch,
      outline,
      tracking,
      judge: () => verdict(measure(outline, state, tracking), tracking),
      interactions,
      objectives: null,
      shortenings: () => shortenings(() => () => true),
      location: () => "",
      line: { online: () => true, check: async () => (there ? "up" : "down") },
      report() {},
      timer: time.timer,
      clock: time.clock,
    }),
  );
  const begin = () => {
    interactions.begin(link.launch.interactions, state.interactions);
    visit.begin();
  };
  const practise = ([page, question]) =>
    ACTS.practise({ interactions, store }, page, question, "a");
  link.connect();
  begin();
  answers.forEach(practise);
  await time.until(5000);
  const calls = lms[0].calls;
  there = 1;
  visit.renew();
  begin();
  await reportLate({
    keys: state.late,
    pages: outline.pages,
    state,
    interactions,
    load: async (page) => ({ questions: pages[page.id] ?? {} }),
    behaviourOf: () => ({
      reported: (_, response) => [{ part: "", response }],
      credit: () => 10000,
    }),
    save: () => store.change(() => {}),
  });
  later.forEach(practise);
  await time.until(600_000);
  const ids = ({ values }) =>
    [...values]
      .filter(([element]) => element.endsWith(".id"))
      .sort()
      .map(([, id]) => id);
  return { ids: lms.map(ids), calledAgain: lms[0].calls > calls };
}

/**
 * A visit that goes through `steps`: its own, or "saving" and what is asked of what saves. Gives
 * which saving (the first is 1) was called how, what each step gave, and whether the visit is
 * recorded.
 */
async function visitOf(steps) {
  const calls = [];
  let count = 0;
  const visit = createVisit({ replace: () => calls.push("another LMS") }, () => {
    count += 1;
    const name = count;
    const act = (called, given) => () => {
      calls.push([name, called]);
      return given;
    };
    return {
      save: act("save"),
      flush: act("flush", true),
      stop: act("stop"),
      close: act("close", true),
      confirmed: act("confirmed", Promise.resolve("saved")),
    };
  });
  const gave = [];
  for (const [step, ...rest] of steps) {
    gave.push((await (step === "saving" ? visit.saving[rest[0]]() : visit[step](...rest))) ?? null);
  }
  return { calls, gave, recorded: visit.recorded };
}

/**
 * A session over an API made of `answers`, name -> value (or "throws", or the values of its calls
 * in order), and the calls it got. The call "reload" makes another session over the same API.
 */
function session({ answers, calls }) {
  const got = [];
  const api =
    answers &&
    Object.fromEntries(
      Object.entries(answers).map(([name, value]) => [
        name,
        (...args) => {
          got.push([name, ...args]);
          if (value === "throws") throw TypeError("LMS");
          return Array.isArray(value) ? value.shift() : value;
        },
      ]),
    );
  const logged = [];
  const create = () => createSession(api, (message) => logged.push(message));
  let made = create();
  const results = calls.map(([name, ...args]) => {
    if (name === "reload") made = create();
    return args[0] === "property" ? made[name] : made[name]?.(...args);
  });
  return { results: results.map((result) => result ?? null), got, logged, state: made.state };
}

/** An LMS that calls `during()` while the `nth` call of `name` is on the stack. */
function createInterrupted({ name, nth, canFinish }, during) {
  const stored = {};
  const values = {};
  const nested = [];
  let count = 0;
  let depth = 0;
  const answer =
    (call, act) =>
    (...args) => {
      if (depth) nested.push(call);
      depth += 1;
      if (call === name) count += 1;
      if (call === name && count === nth) during();
      act(...args);
      depth -= 1;
      return "true";
    };
  const store = () => Object.assign(stored, values);
  const api = {
    LMSInitialize: () => "true",
    LMSGetLastError: () => "0",
    LMSSetValue: answer("LMSSetValue", (element, value) => (values[element] = value)),
    LMSCommit: answer("LMSCommit", store),
    ...(canFinish && { LMSFinish: answer("LMSFinish", store) }),
  };
  return { api, stored, nested };
}

/**
 * A visit with two answers. During one call of its LMS something happens to the page, `event`:
 * "message" (another window takes over), "hidden", or "gone" (the page goes away). Gives the calls
 * that began while another was on the stack, what the LMS holds in the end, and whether the visit
 * is closed.
 */
async function duringACall({ event, canFinish = true, ...given }) {
  const time = createTime();
  const lms = createInterrupted({ ...given, canFinish }, () => EVENTS[event]());
  const session = createSession(lms.api, () => {});
  session.initialise();
  const store = createStore(emptyState("AAAAAAAA"));
  const interactions = listAnswers("0");
  const saving = createSaving({
    store,
    session,
    interactions,
    outline: { pages: [] },
    tracking: { pages: "all", score: false },
    judge: () => verdict({ left: 0, quizzes: [] }, {}),
    launch: { status: "", score: "", location: "", state: "", interactions: "0", credit: true },
    shortenings: () => shortenings(() => () => true),
    location: () => "",
    report() {},
    line: { online: () => true, check: async () => "up" },
    timer: (call, ms) => time.timer(() => session.idle(call), ms),
    clock: time.clock,
  });
  const EVENTS = {
    message: () => session.idle(() => saving.close()),
    hidden: () => session.idle(() => saving.flush()),
    gone: () => saving.close(),
  };
  const question = { interaction: "choice", patterns: [], scored: true, weight: 1 };
  for (const [at, key] of [
    [0, "aaaa"],
    [2000, "bbbb"],
  ]) {
    await time.until(at);
    ACTS.practise({ interactions, store }, "page", { ...question, key, id: key }, "a");
  }
  await time.until(20_000);
  const { "cmi.suspend_data": text, ...rest } = lms.stored;
  const ids = Object.entries(rest).filter(([element]) => element.endsWith(".id"));
  return {
    nested: lms.nested,
    ids: ids.map(([, id]) => id),
    checks: [...decode(text).checks.keys()],
    finished: session.state === "finished",
  };
}

/** Which API a window finds: the tree is {API, throws, parent, opener, top} with names for APIs. */
function find(tree) {
  const build = (node) => {
    if (!node) return null;
    if (node.throws) {
      return new Proxy(
        {},
        {
          get() {
            throw Error("SecurityError");
          },
        },
      );
    }
    const made = { API: node.API };
    made.parent = node.parent ? build(node.parent) : made;
    made.opener = build(node.opener);
    made.top = node.top ? build(node.top) : made;
    return made;
  };
  return findApi(build(tree));
}

function deepParents(levels) {
  let at = { API: "far" };
  for (let level = 0; level < levels; level += 1) at = { parent: at };
  return findApi(at);
}

/**
 * The windows in which requests of the LMS are sought from a frame of a pop-up: the opener has put
 * an API onto the pop-up that it has made itself, or, if not `lent`, that the pop-up has made.
 */
function windowsFrom(lent) {
  const realm = (name) => {
    const made = { name, location: { href: name }, Function: class {} };
    return Object.assign(made, { parent: made });
  };
  const [lms, opener, popup] = ["lms", "opener", "popup"].map(realm);
  opener.parent = lms;
  popup.opener = opener;
  popup.API = { LMSCommit: new (lent ? opener : popup).Function() };
  globalThis.window = { parent: popup };
  return windowsOfLms().map(({ name }) => name);
}

/**
 * What checks of the line find; each of `replies` is "ok", "login", "gone", "broken", "fails",
 * "throws" or "hangs"; `seen` is what is seen of the LMS's own requests.
 */
async function line(replies, seen = "") {
  let asked = 0;
  const made = createLine({
    ask() {
      asked += 1;
      if (replies[0] === "throws") throw ReferenceError("fetch");
      if (replies[0] === "hangs") return askInVain();
      if (replies[0] === "fails") return Promise.reject(TypeError("Failed to fetch"));
      return Promise.resolve(
        {
          ok: { status: 200 },
          login: { status: 200, redirected: true },
          gone: { status: 404 },
          broken: { status: 503 },
        }[replies[0]],
      );
    },
    seen: async () => seen,
    later: () => new Promise(() => {}),
  });
  const found = [];
  while (replies.length) {
    found.push(await made.check({}));
    replies.shift();
  }
  return { found, asked };
}

/**
 * What is seen of each of `deliveries` in a window whose clock is `behind` this one by so many ms,
 * and that tells of `requests` ([name, type, start, end, status or null, redirected]) at once, or
 * of those that are `late` after `lateness` ms. Before each reading of a clock the device pauses
 * for the next of `pauses`, in ms. How long each took to be seen, in ms; if `later`, also what
 * became of the last one after that.
 */
async function evidence(given) {
  const { deliveries, requests = [], late = [], lateness = 1000, behind = 0, each = false } = given;
  const pauses = given.pauses ?? [];
  const time = createTime();
  const own = { href: "http://lms.test/course/index.html#/one", origin: "http://lms.test" };
  let read = 5000;
  const mark = (ahead) =>
    class {
      constructor() {
        read += pauses.shift() ?? 0;
        this.startTime = read - ahead;
      }
    };
  const entries = (rows) =>
    rows.map(([name, initiatorType, startTime, responseEnd, status, redirected]) => ({
      ...{ name: new URL(name, own.href).href, initiatorType, startTime, responseEnd },
      responseStart: status === 0 ? 0 : responseEnd,
      responseStatus: status ?? undefined,
      redirectEnd: redirected ? responseEnd : 0,
    }));
  let now = entries(requests);
  class PerformanceObserver {
    constructor(hear) {
      if (late.length) time.timer(() => hear({ getEntries: () => entries(late) }), lateness);
    }
    observe() {}
    takeRecords() {
      const taken = now;
      now = [];
      return taken;
    }
  }
  const lms = { location: own, PerformanceMark: mark(behind), PerformanceObserver };
  Object.assign(globalThis, { location: own, window: { PerformanceMark: mark(0) } });
  const made = createEvidence(() => [lms], time.timer);
  const found = [];
  for (const delivery of deliveries) {
    const before = time.clock();
    const seen = made.seen({ sent: [], ...delivery }, each);
    let done = null;
    seen.then((line) => (done = [line, time.clock() - before]));
    while (!done) await time.until(time.clock() + 500);
    found.push(done);
  }
  if (given.later) {
    const last = { sent: [], ...deliveries.at(-1) };
    made.later(last, each).then((line) => found.push([line, time.clock()]));
    await time.until(time.clock() + 60_000);
  }
  return found;
}

/** askOwnOrigin where the server never answers, its time a thousandth as long. */
async function askInVain() {
  const { fetch, setTimeout } = globalThis;
  globalThis.location = { href: "http://127.0.0.1/index.html#/one" };
  globalThis.setTimeout = (call, ms) => setTimeout(call, ms / 1000);
  globalThis.fetch = (url, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  try {
    return await askOwnOrigin();
  } finally {
    Object.assign(globalThis, { fetch, setTimeout });
  }
}

/**
 * A journal over storage that holds `entries`: `steps` are [now, "read"], or the name of another of
 * its functions with what that takes. Gives what each read found, and in the end what is stored.
 */
async function journal({ owner, entries, steps }) {
  const stored = new Map(entries.map((entry) => [entry.key, entry]));
  let time = 0;
  const made = createJournal({
    storage: {
      all: async () => [...stored.values()],
      async change(key, make) {
        const entry = make(stored.get(key));
        return Boolean(entry && stored.set(key, entry));
      },
      remove: async (key) => void stored.delete(key),
    },
    owner,
    place: "/course/",
    now: () => time,
    kept: (state) => state,
  });
  const found = [];
  for (const [at, act, given, ...rest] of steps) {
    time = at;
    if (act === "read")
      found.push((await made.read()).map((one) => ({ ...one, state: toPairs(one.state) })));
    else await made[act](act === "keep" ? fromPairs(given) : given, ...rest);
  }
  return { found, stored: [...stored.values()] };
}

/**
 * Windows that hear each other: each is {at, owner, attempt, path}, `steps` are [now, window, act,
 * ...arguments]; messages are heard by all that are open, at once or, with "hold" and "release",
 * when they are let go. Gives what became of it: [window, what happened, …].
 */
function windows({ all, steps }) {
  const log = [];
  const made = [];
  let time = 0;
  let held = null;
  const hear = ([from, message]) => {
    for (const [at, one] of made.entries()) if (at !== from) one?.hear(message);
  };
  for (const [now, name, act, ...rest] of steps) {
    time = now;
    if (act === "hold") held = [];
    else if (act === "release") held.splice(0).forEach(hear);
    else if (act === "begin") {
      made[name] = createWindows({
        post: (message) => (held ? held.push([name, message]) : hear([name, message])),
        me: () => all[name],
        id: `window-${name}`,
        now: () => time,
        handOver(slept) {
          log.push([name, "gives way", slept]);
          return `state-${name}`;
        },
        received: (state, { handed, slept }) => log.push([name, "received", state, handed, slept]),
        left: () => log.push([name, "left"]),
        elsewhere: () => log.push([name, "elsewhere"]),
      });
      made[name].open();
    } else made[name][act](...rest);
  }
  return {
    log,
    away: all.map((_, name) => log.some(([one, what]) => one === name && what === "gives way")),
  };
}

function interactions({ count, steps }) {
  const made = listAnswers(count);
  const acts = {
    add: (answer, hour) => void made.add(answer, hour && new Date(2026, 10, 25, hour)),
    version(version, status, ...results) {
      const report = createVersionReport(version, made);
      report.start(count, status);
      for (const [result, day] of results) report.result(result, day);
    },
    late: (leaving) => [...made.late(new Set(), () => false, leaving)],
    values: () => made.values(),
    confirm: () => void made.sent(() => true)(),
    repeat: () => void made.repeat(),
  };
  return steps.map(([act, ...args]) => acts[act](...args) ?? null);
}

/**
 * A trainee takes quizzes: `steps` are [page id, responses by question id], each one more attempt
 * of which as many questions are answered as it has responses for, in the order in which they are
 * asked. `data` are the pages' by id. Gives for each step the ids asked, whether the attempt was
 * allowed and what the quiz then keeps, and in the end the course's result.
 */
function quizzes({ attempt, outline, data, tracking, steps }) {
  const store = createStore(emptyState(attempt));
  const behaviourOf = ({ type }) => BEHAVIOURS[type];
  const taken = steps.map(([id, responses]) => {
    const entry = outline.pages.find((page) => page.id === id);
    const tries = createAttempts({ entry, data: data[id], behaviourOf, store });
    if (tries.kept() && !tries.kept().open && !tries.more()) return null;
    if (!tries.kept()?.open) tries.begin();
    const asked = [];
    for (let [next] = tries.toAsk(); next && next.id in responses; [next] = tries.toAsk()) {
      asked.push(next.id);
      tries.give(next, responses[next.id]);
    }
    const { attempts, best, open } = tries.kept();
    return { asked, all: tries.asked().map((question) => question.id), attempts, best, open };
  });
  return { taken, verdict: verdict(measure(outline, store.state, tracking), tracking) };
}

/**
 * A trainee reads pages and takes test-outs: `steps` are ["read", page id], or ["try", page id,
 * answers], which begins an attempt if one is offered, and gives these answers (right or not) to
 * its next questions. Gives after each step whether a try was offered before, the entry of the
 * test-out, the words for the pages, how many are left, and the course's result.
 */
function testOuts({ state: before, outline, data, tracking, steps }) {
  const store = createStore(fromPairs(before));
  const { state } = store;
  const behaviourOf = () => ({ credit: (_, response) => (response === "a" ? 10000 : 0) });
  const acts = {
    read: (page) => void (isRead(page, state) || store.change(() => state.visited.add(page.key))),
    try(entry, answers) {
      const ended = (score) => endTest(entry, outline, state, score);
      const tries = createAttempts({ entry, data: data[entry.id], behaviourOf, store, ended });
      const offered = mayTry(entry, outline, state);
      if (!tries.kept()?.open && offered) tries.begin();
      if (!tries.kept()?.open) return offered;
      for (const right of answers) {
        const [next] = tries.toAsk();
        if (next) tries.give(next, right ? "a" : "b");
      }
      tries.submit();
      return offered;
    },
  };
  return steps.map(([act, id, ...more]) => {
    const page = outline.pages.find((one) => one.id === id);
    const offered = acts[act](page, ...more) ?? null;
    const kept = state.quizzes.get(page.key);
    const measured = measure(outline, state, tracking);
    return {
      offered,
      kept: kept && { attempts: kept.attempts, best: kept.best, open: kept.open },
      words: outline.pages.map((one) => pageStatus(one, state)),
      left: measured.left,
      verdict: verdict(measured, tracking),
    };
  });
}

/**
 * A trainee opens a package, does some things and leaves. `stored` is what the LMS kept so far,
 * `acts` are [act, page id, ...arguments] as below. Gives what the LMS has then, what came of each
 * act, the pages that were open before (with what their quizzes asked), those that the notice of a
 * changed course names, and the status of each page in the contents.
 */
async function sitting({ outline, data, tracking, text, edition, stored, acts }) {
  const time = createTime();
  const lms = { ...stored };
  const launch = {
    status: lms["cmi.core.lesson_status"] ?? "not attempted",
    score: lms["cmi.core.score.raw"] ?? "",
    min: "",
    max: "",
    location: lms["cmi.core.lesson_location"] ?? "",
    state: lms["cmi.suspend_data"] ?? "",
    interactions: "0",
    credit: true,
  };
  const { pages } = linkLocks(outline);
  const state = decode(launch.state) ?? emptyState("AAAAAAAA");
  state.status = higher(state.status, launch.status);
  for (const page of pages) page.former = outline.former?.[page.key];
  carryOver(state, outline);
  if (outline.certificate || outline.pages.some(({ kind }) => kind === "record"))
    state.finished ??= "";
  const store = createStore(state);
  const saving = createSaving({
    store,
    launch,
    outline,
    tracking,
    carryBack: () => carryBack(state, outline),
    shortenings: () => shortenings(() => knownKeys(outline)),
    judge: () => ({
      ...verdict(measure(outline, state, tracking), tracking),
      day: today(),
    }),
    session: {
      canFinish: true,
      state: "running",
      idle: (act) => act(),
      commit: () => true,
      finish() {},
      set: (element, value) => Boolean(Object.assign(lms, { [element]: value })),
    },
    interactions: listAnswers("0"),
    location: () => pages.find(({ key }) => key === state.bookmark)?.id ?? "",
    line: { online: () => true, check: async () => "up" },
    report() {},
    timer: time.timer,
    clock: time.clock,
  });
  const behaviourOf = ({ type }) => BEHAVIOURS[type];
  const say = createWords(text, "en");
  const changed = notSeen(outline, state).map(({ id }) => id);
  const resumed = resumePage(pages, state, launch.location)?.id ?? null;
  state.edition = edition;

  // Everything that the player says of an answer, whatever the question was when it was given.
  function told(question, response) {
    const behaviour = behaviourOf(question);
    const credit = behaviour.credit(question, response);
    if (question.scored && !(Number.isInteger(credit) && credit >= 0 && credit <= 10000))
      throw Error(`credit ${credit}`);
    behaviour.describe(question, response, say);
    for (const { response: sent } of behaviour.reported(question, response))
      limits.fits(question.interaction, sent);
    return credit;
  }

  const entryOf = (id) => pages.find((page) => page.id === id);

  function visitPage(id) {
    const entry = entryOf(id);
    store.change(() => {
      state.visited.add(entry.key);
      state.bookmark = entry.key;
    });
    for (const question of Object.values(data[id].questions)) {
      const kept = state.checks.get(question.key);
      if (kept) told(question, kept.response);
    }
    return entry;
  }

  function triesOf(id) {
    const tries = createAttempts({ entry: visitPage(id), data: data[id], behaviourOf, store });
    const before = tries.kept() ? tries.asked().map((question) => question.id) : null;
    tries.settle();
    return { tries, before };
  }

  const acted = {
    visit: (id) => void visitPage(id),
    again: () => void store.change((kept) => startAgain(kept, [], [])),
    check(id, name, response) {
      visitPage(id);
      const question = data[id].questions[name];
      const credit = told(question, response);
      const before = state.checks.get(question.key);
      store.change(({ checks }) =>
        checks.set(question.key, {
          tries: Math.min((before?.tries ?? 0) + 1, TRIES_LIMIT),
          first: before?.tries ? before.first : !question.scored || credit === scoring.FULL,
          response,
        }),
      );
      return { shown: before?.response ?? "" };
    },
    record(id, key, date, words) {
      visitPage(id);
      const kept = state.records.get(key) ?? { date: "", text: "" };
      if (kept.date !== date || kept.text !== words) {
        store.change(({ records }) => records.set(key, { date, text: words }));
      }
      return { shown: [kept.date, kept.text] };
    },
    quiz(id, responses, most) {
      const { tries, before } = triesOf(id);
      for (const question of before ? tries.asked().filter(tries.answered) : []) {
        told(question, tries.kept().answers.get(question.key));
      }
      const began = !tries.kept() || (!tries.kept().open && tries.more());
      if (began) tries.begin();
      const gave = [];
      const asked = tries.asked().map((question) => question.id);
      while (tries.kept().open && gave.length < most) {
        const [next] = tries.toAsk();
        gave.push(next.id);
        tries.give(next, responses[next.id]);
      }
      return { before, began, asked, gave };
    },
  };
  // The first page shows at once, the other one when the trainee resumes.
  const open = (id) => (data[id].quiz ? triesOf(id).before : void visitPage(id)) ?? null;
  const opened = [[pages[0].id, open(pages[0].id)]];
  const seen = pages.map((page) => pageStatus(page, state));
  if (resumed) opened.push([resumed, open(resumed)]);
  const log = acts.map(([act, ...rest]) => acted[act](...rest) ?? null);
  saving.flush();
  await time.until(1000);
  saving.close();
  return { stored: lms, log, opened, seen, changed, resumed };
}

/** The steps of main.js with a restored state, up to the first page on view. */
function trainee(outline, tracking, { state: kept, location, edition }) {
  linkLocks(outline);
  const state = fromPairs(kept);
  for (const page of outline.pages) page.former = outline.former?.[page.key];
  carryOver(state, outline);
  forgetWords(state, outline);
  const told = Boolean(state.edition) && state.edition !== edition;
  const notice = told ? notSeen(outline, state).map(({ id }) => id) : null;
  const resume = resumePage(outline.pages, state, location)?.id ?? null;
  state.visited.add(outline.pages[0].key);
  const { status, score } = verdict(measure(outline, state, tracking), tracking);
  return {
    notice,
    resume,
    status: higher(state.status, status),
    score,
    tells: tellsScore(higher(state.status, status), score, tracking),
    words: outline.pages.map((page) => pageStatus(page, state)),
    locked: outline.pages.map((page) => progress.missing(page, state).length),
    shut: outline.pages.map((page) => progress.pageShut(page, state)),
    checks: [...state.checks],
    answers: [...state.quizzes].map(([key, { answers }]) => [key, [...answers]]),
  };
}

/** A walk through a scenario; see `walks`. The decisions are noted since the last "again". */
function walk({ data, page, state, choices }) {
  const kept = fromPairs(state);
  let noted = [];
  const place = () => scenario.walkOf(data, kept.quizzes.get(page.key)?.answers);
  const at = [place().scene.id];
  for (const id of choices) {
    if (id === "again") {
      noted = [];
      scenario.walkAgain(page, kept);
    } else {
      const choice = place().scene.choices.find((one) => one.id === id);
      noted.push({ scene: place().scene.id, choice: id });
      scenario.decide(data, page, kept, choice);
    }
    at.push(place().scene.id);
  }
  const inWords = ({ scene, choice }) => [scene.id, choice.id];
  const trail = scenario.trailOf(data, kept, page.key, noted);
  const repeats = trail.map((step) => scenario.isRepeat(step, kept));
  return {
    at,
    steps: place().steps.map(inWords),
    trail: trail.map(inWords),
    repeats,
    state: toPairs(kept),
  };
}

/** The decisions in order, of a state that `noted` may not fit. */
const trail = (data, page, state, noted) =>
  scenario
    .trailOf(data, fromPairs(state), page.key, noted)
    .map(({ scene, choice }) => [scene.id, choice.id]);

/** All that the rules say of a state: the vectors hold it for Python, too. */
function rules(outline, tracking, kept, location) {
  const { pages } = linkLocks(outline);
  const state = fromPairs(kept);
  for (const page of pages) page.former = outline.former?.[page.key];
  carryOver(state, outline);
  forgetWords(state, outline);
  const each = (some, say) => Object.fromEntries(some.map((page) => [page.id, say(page)]));
  const measured = measure(outline, state, tracking);
  const gates = (page) =>
    progress.missing(page, state).map((gate) => [gate.pages.map(({ id }) => id), gate.until]);
  const left = (page) => progress.attemptsLeft(page, state);
  return {
    carryOver: toPairs(state),
    notSeen: notSeen(outline, state).map(({ id }) => id),
    resumePage: resumePage(pages, state, location)?.id ?? null,
    pageStatus: each(pages, (page) => pageStatus(page, state)),
    missing: each(
      pages.filter((page) => gates(page).length),
      gates,
    ),
    pageShut: pages.filter((page) => progress.pageShut(page, state)).map(({ id }) => id),
    attemptsLeft: each(
      pages.filter(({ quiz }) => quiz),
      (page) => (left(page) < Infinity ? left(page) : null),
    ),
    measure: { left: measured.left, quizzes: measured.quizzes },
    verdict: verdict(measured, tracking),
  };
}

/**
 * What is remembered after `acts`, each a name and what it is given, in a storage that may throw.
 */
function remembered(acts, before, throws) {
  const kept = new Map(before);
  const storage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem(name, value) {
      if (throws === "setItem") throw Error("full");
      kept.set(name, value);
    },
  };
  const denied = () => {
    throw Error("denied");
  };
  const mark = createMark(throws === "storage" ? denied : () => storage, "/content/");
  for (const [name, given] of acts) mark[name](given);
  return { mark: mark.read(), kept: [...kept] };
}

/**
 * A trainee fills in a text field: `steps` are ["type", text], ["turn", the response in the state]
 * as the form is shown in another language with what was in it, or the name of another behaviour's
 * function with its response, each in the language `tag` ("" for the source language). Returns what
 * is read after each.
 */
function typedAnswers(question, steps) {
  const field = { value: "" };
  const say = {};
  const show = () => {
    const form = Object.assign(new EventTarget(), { querySelector: () => field });
    fillIn.mount(form, question, { say });
    return form;
  };
  let form = show();
  return steps.map(([tag, step, text]) => {
    say.translation = tag;
    if (step === "type") {
      field.value = text;
      form.dispatchEvent(new Event("input"));
    } else if (step === "turn") {
      say.turning = true;
      form = show();
      if (text) fillIn.restore(form, text, question, say);
      say.turning = false;
      form.dispatchEvent(new CustomEvent("input", { detail: "restored" }));
    } else if (step === "restore") fillIn.restore(form, text, question, say);
    else if (step === "clear") fillIn.clear(form, question, text);
    return fillIn.read(form, question, say);
  });
}

const FUNCTIONS = {
  sitting,
  typedAnswers,
  time: (...parts) => limits.time(new Date(2026, 10, 25, ...parts)),
  timespan: limits.timespan,
  score: limits.score,
  readScore: limits.readScore,
  fits: limits.fits,
  encode: (state) => encode(fromPairs(state)),
  decode: (text) => toPairs(decode(text)),
  decodeAll: (texts) => texts.map((text) => toPairs(decode(text))),
  roomOf,
  encodeWithin: (state, limit, known) =>
    encodeWithin(
      fromPairs(state),
      limit,
      shortenings(() => (section, key) => known.includes(`${section} ${key}`)),
    ),
  newAttempt,
  isoDate,
  scoreQuiz(questions, answers) {
    const given = new Map(answers);
    return scoring.scoreQuiz(questions, (question) =>
      given.has(question.key)
        ? BEHAVIOURS[question.type].credit(question, given.get(question.key))
        : 0,
    );
  },
  attemptOf: (quiz, seeds, answered) => attemptOf(quiz, seeds, (id) => answered.includes(id)),
  seedsOf: (page, quiz, state) => seedsOf(page, quiz, fromPairs(state)),
  again({ entry, data, state }) {
    const store = createStore(fromPairs(state));
    const tries = createAttempts({
      entry,
      data,
      store,
      behaviourOf: ({ type }) => BEHAVIOURS[type],
    });
    const more = tries.more();
    if (more) tries.begin();
    return { more, asked: more ? tries.toAsk().map(({ id }) => id) : null };
  },
  quizzes: (cases) => cases.map(quizzes),
  minutesLeft: (outline, done) => minutesLeft(outline, ({ id }) => done.includes(id)),
  pagesInResponse,
  testOuts,
  markWords(page, scored, score, texts, language) {
    const say = createWords(texts, language);
    const goal = page.mark.percent * 100;
    return [
      markBefore(say, page),
      neededInWords(say, page, { scored }),
      scoreInWords(say, page, score, goal),
    ];
  },
  credit: (type, question, response) => BEHAVIOURS[type].credit(question, response),
  shownScore: scoring.shownScore,
  verdictOf: scoring.verdictOf,
  shuffled: (list, seed) => shuffled(list, seed, (one) => one),
  tellsScore,
  courseScore,
  rules,
  verdict: (outline, state, tracking) =>
    verdict(measure(linkLocks({ modules: [], ...outline }), fromPairs(state), tracking), tracking),
  /** What the page of a part says about the course. */
  partResult(id, outline, given, tracking, texts) {
    const state = fromPairs(given);
    const linked = linkLocks({ modules: [], ...outline });
    const entry = linked.pages.find((page) => page.id === id);
    const { finished, missed, ...total } = courseTotal(entry, { outline: linked, state, tracking });
    return {
      finished,
      lost: total.lost,
      todo: total.todo.map((page) => page.id),
      missed: missedInWords(createWords(texts, "en"), missed),
      heading: outcomeKey({ best: state.quizzes.get(entry.key)?.best, mark: 8000, total }),
    };
  },
  triedAgain: (state) => triedAgain(fromPairs(state)),
  lockReasons(outline, state, texts) {
    const { pages } = linkLocks(outline);
    const locks = createLocks({
      state: fromPairs(state),
      say: createWords(texts, "en"),
      el: null,
      course: { language: "en" },
      progress,
    });
    return Object.fromEntries(pages.map((page) => [page.id, locks.reason(page)]));
  },
  higher,
  isOldCopy,
  remembered,
  wayOut,
  gateOpen: (rule, state) => gateOpen(rule, fromPairs(state)),
  fold: search.fold,
  queryWords: search.queryWords,
  marked: search.marked,
  snippet: search.snippet,
  search(titles, pages, query) {
    const entries = new Map(Object.entries(titles).map(([id, title]) => [id, { id, title }]));
    return search
      .find(search.prepare(pages, entries), search.queryWords(query))
      .map(({ page, paragraph }) => [page.id, paragraph?.heading ?? null, paragraph?.text ?? null]);
  },
  readRoute,
  placeIn: (page, state) => placeIn(page, fromPairs(state)),
  reported: (type, question, response) => BEHAVIOURS[type].reported(question, response),
  describe: (type, question, response, texts, language) =>
    BEHAVIOURS[type].describe(question, response, createWords(texts ?? {}, language ?? "en")),
  feedback: (type, question, response, texts, language = "en", told = true) =>
    BEHAVIOURS[type].feedback(question, response, createWords(texts, language), told),
  forgiven,
  parse,
  format,
  reportable,
  startOrder: (right, seed) => startOrder(right, (list, idOf) => shuffled(list, seed, idOf)),
  readLaunch(values, state) {
    const get = (element) => (values[element] === undefined ? "" : values[element]);
    const given = { get, read: get, state, found: true };
    const launch = readLaunch(given);
    return { ...launch, notice: visitNotice(launch) };
  },
  journal,
  visitOf,
  duringACall,
  fateOf,
  partOf: (state) => toPairs(partOf(fromPairs(state))),
  placeOf: (pathname) => placeOf({ pathname }),
  windows,
  sha256,
  withoutFreeText: (state, known, typed) =>
    toPairs(
      withoutFreeText(
        fromPairs(state),
        (section, key) => known[section].includes(key),
        new Set(typed),
      ),
    ),
  addTo(live, found, outline, isNewer) {
    const [one, other] = [fromPairs(live), fromPairs(found)];
    const { state, news, due, unsaid, unwritten } = addTo(
      one,
      other,
      outline,
      isNewer ? other : one,
    );
    return {
      state: toPairs(state),
      news: [...news].sort(),
      due: [...due].sort(),
      unsaid,
      unwritten,
    };
  },
  doneSince: (before, state, outline = { pages: [] }) =>
    toPairs(doneSince(fromPairs(before), fromPairs(state), outline)),
  /**
   * Each walk is {data, page, state, choices}: a choice is an id in the current scene, or "again".
   * Gives the scenes that were current, what was reported, and the state.
   */
  walks: (given) => given.map(walk),
  trail,
  pagesAhead: (at, pages, visited) =>
    pagesAhead(pages[at], { pages }, { visited: new Set(visited) }).map(({ id }) => id),
  decision: scenario.decision,
  /** What is reported of answers that an earlier visit could not report; `data` is by page. */
  async late({ keys, pages, state, data }) {
    const added = [];
    const kept = fromPairs({ ...state, late: keys });
    await reportLate({
      keys: new Set(keys),
      pages,
      state: kept,
      interactions: { add: (answer) => added.push(answer) },
      load: async ({ id }) => data[id],
      behaviourOf: null,
      save() {},
    });
    return [added, [...kept.late]];
  },
  /** The answers as they are copied, in a course without questions. */
  answersAsText: ({ outline, state, data, texts }) =>
    answersAsText({
      course: { title: "First aid" },
      outline,
      state: fromPairs(state),
      learner: "Cohen, Dana",
      now: new Date(2026, 10, 25, 9, 5),
      dataOf: ({ id }) => data[id],
      behaviourOf: null,
      say: createWords(texts, "en"),
    }),
  startAgain(state, walked, shown = []) {
    const kept = fromPairs(state);
    startAgain(kept, walked, shown);
    return toPairs(kept);
  },
  /** Opens the page of a scenario, whose state an edit may have brought to an ending. */
  settled({ data, page, state }) {
    const kept = fromPairs(state);
    const open = scenario.isUnfinished(data, page, kept);
    if (open) scenario.settle(data, page, kept);
    return [open, toPairs(kept)];
  },
  merge: (older, newer, outline, apart) =>
    toPairs(merge(fromPairs(older), fromPairs(newer), outline, apart)),
  carryBack(state, outline) {
    const kept = fromPairs(state);
    carryBack(kept, outline);
    return toPairs(kept);
  },
  forgetWords(state, outline) {
    const kept = fromPairs(state);
    const found = forgetWords(kept, outline);
    return [found, toPairs(kept)];
  },
  /** What a trainee sees who comes to a course with these states: {state, location, lmsScore}. */
  trainees: (outline, tracking, visits) =>
    visits.map((visit) => trainee(structuredClone(outline), tracking, visit)),
  knownKeys: (outline, section, key) => knownKeys(outline)(section, key),
  evidence,
  line,
  say: (texts, key, values, language = "en") => createWords(texts, language)(key, values),
  count: (texts, key, n, language = "en", plurals = undefined) =>
    createWords(texts, language, plurals).count(key, n),
  preferred,
  /** What is said about a number after each turn to a language. */
  turned(languages, n) {
    const say = createWords({}, "cy");
    return languages.map(([tag, texts]) => {
      say.turn(texts, tag);
      return say.count("left", n);
    });
  },
  mergedLanguage(older, newer, same) {
    const states = [older, newer].map((language, at) => ({
      ...emptyState(same || !at ? "AAAAAAAA" : "BBBBBBBB"),
      language,
    }));
    return merge(...states, { pages: [] }).language;
  },
  shortenedLanguage(language, languages) {
    const [first] = shortenings(() => knownKeys({ pages: [], languages }));
    return first({ ...emptyState("AAAAAAAA"), language }).language;
  },
  percent: (hundredths, language) => percent(createWords({}, language), hundredths),
  day: (date, language, texts = {}) => dayInWords(createWords(texts, language), date),
  list: (items, language) => listInWords(items, language),
  plurals: (language) => new Intl.PluralRules(language).resolvedOptions().pluralCategories,
  language: (tag) => createWords({}, tag).language(),
  fetchedAhead,
  queue,
  visit,
  session,
  renewed,
  find,
  deepParents,
  windowsFrom,
  interactions,
  batches,
  settle: (before, delivery, lms, version) =>
    settle(frozen(before), frozen(delivery), frozen(lms), version),
  objectives,
  /** What the visit has lasted when the clock says each of these. */
  elapsed(times) {
    let now = 0;
    const read = createLearningTime(
      () => now,
      () => {},
    );
    return times.map((at) => {
      now = at;
      return read();
    });
  },
  savedKey: ({ visit, state, status, outcome, settled, long = false }) =>
    savedKey(
      { visit: { ...visit, saving: { settled: () => settled } }, work: { store: { state } } },
      { status },
      outcome,
      long,
    ),
  firstTries: (page, checks) => firstTriesOf(page, { checks: new Map(checks) }),
  async lives(given) {
    const { promised, ...found } = await lives({ ...given, acts: ACTS, createTime });
    return { promised: promised.map(toPairs), ...found };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...args] = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await FUNCTIONS[name](...args)) ?? null };
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

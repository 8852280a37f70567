// The judge of a log of calls: everything outside SCORM 1.2 or our tracking policy. Like the whole simulator it is part
// of the product, for the preview and the checks to come; so far the tests ask it.

import { RULES } from "./rules.js";

// What the LMS was asked after a failure does not count as traffic.
const LOOK_UP = /^LMSGet(LastError|ErrorString|Diagnostic)$/;

/** Milliseconds; the batches of an LMS that needs pacing take seconds. */
const COMMITTED_WITHIN = 10_000;

/** How many calls a whole run may make: at most these, each. */
const BUDGET = { session: 30, view: 5, answer: 16 };

/**
 * The findings of a log, in the order of its calls: { code, kind, launch, order, call, words, source }.
 * `kind` is "specification" or "policy", `call` the call as text, "" where the whole visit is meant.
 *
 * `calls` are entries of log.js, of one trainee, in order. `paced`: the LMS saves each call by
 * itself, so writes have to keep apart. `trouble`: the line or the LMS failed in a way that the
 * log cannot show, so that values may be written again; a failed call shows it by itself. `views`
 * and `answers` are how many pages were shown and questions answered; without them nobody counts.
 */
export function judge(calls, { paced = false, trouble = false, views = null, answers = 0 } = {}) {
  const found = [];
  const visits = new Map();
  for (const call of calls) {
    if (!visits.has(call.launch)) visits.set(call.launch, createVisit(call.launch, { paced, trouble }));
    const visit = visits.get(call.launch);
    for (const rule of RULES) {
      if (rule.call?.(call, visit)) found.push(finding(rule, visit, call));
    }
    follow(visit, call);
  }
  for (const visit of visits.values()) {
    for (const rule of RULES) if (rule.visit?.(visit)) found.push(finding(rule, visit));
  }
  if (views !== null) {
    const most = visits.size * BUDGET.session + views * BUDGET.view + answers * BUDGET.answer;
    const run = { launch: 0, traffic: [...visits.values()].reduce((sum, { traffic }) => sum + traffic, 0), most };
    for (const rule of RULES) if (rule.run?.(run)) found.push(finding(rule, run));
  }
  return found;
}

function finding({ code, kind, words, source }, { launch }, call) {
  const text = call ? `${call.name}(${call.args.map((arg) => JSON.stringify(arg)).join(", ")})` : "";
  return { code, kind, launch, order: call?.order ?? null, call: text, words, source };
}

/** What is known of a visit before the next call. */
function createVisit(launch, { paced, trouble }) {
  return {
    launch, paced, trouble,
    /** "new", "running" or "finished", as far as the LMS agreed. */
    phase: "new",
    /** Element → what the LMS said, and what it was told; told in the batch since the last commit. */
    said: new Map(),
    told: new Map(),
    batch: new Map(),
    /** When the last value was told, and the oldest that is not committed; whether one had to wait too long. */
    lastWrite: -Infinity,
    waiting: null,
    late: false,
    /** Calls that count, and whether the last one that may fail did. */
    traffic: 0,
    failed: false,
  };
}

const ACTS = ["LMSInitialize", "LMSSetValue", "LMSCommit", "LMSFinish"];
// Other elements may be refused because the LMS does not have them.
const VITAL = /suspend_data|lesson_status|score\.raw/;

function follow(visit, call) {
  const { name, args, value, error, threw, at } = call;
  const [element, told] = args;
  visit.late ||= visit.waiting !== null && at - visit.waiting > COMMITTED_WITHIN;
  if (LOOK_UP.test(name)) {
    if (!visit.failed) visit.traffic += 1;
    return;
  }
  visit.traffic += 1;
  const refused = ACTS.includes(name) && value !== "true";
  visit.failed = Boolean(threw) || refused || (error !== "0" && error !== "");
  if (refused && (name !== "LMSSetValue" || VITAL.test(element))) visit.trouble = true;
  if (name === "LMSInitialize" && value === "true") visit.phase = "running";
  if (name === "LMSFinish" && visit.phase === "running") visit.phase = "finished";
  if (name === "LMSCommit" || name === "LMSFinish") {
    visit.batch.clear();
    visit.waiting = null;
  }
  if (name === "LMSGetValue") visit.said.set(element, value);
  if (name === "LMSSetValue" && args.length > 1) {
    visit.told.set(element, told);
    visit.batch.set(element, told);
    visit.lastWrite = at;
    visit.waiting ??= at;
  }
}

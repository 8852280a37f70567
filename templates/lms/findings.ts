// The judge of a log of calls: everything outside SCORM 1.2 or our tracking policy.

import { RULES, type Rule } from "./rules.ts";
import type { Call } from "./log.ts";
import type { Phase } from "./runtime.ts";

/** What the judge knows of a visit before the next call. */
export interface JudgedVisit {
  launch: number;
  /** Whether the LMS saves each call by itself, so that writes have to keep apart. */
  paced: boolean;
  /** Whether something failed, so that values may be written again. */
  trouble: boolean;
  /** As far as the LMS agreed. */
  phase: Phase;
  /** Element → what the LMS said. */
  said: Map<string, string>;
  /** Element → what it was told. */
  told: Map<string, string>;
  /** The same since the last commit. */
  batch: Map<string, string>;
  /** When the last value was told. */
  lastWrite: number;
  /** When the oldest was told that is not committed. */
  waiting: number | null;
  /** Whether one had to wait too long. */
  late: boolean;
  /** How many calls count. */
  traffic: number;
  /** Whether the last call that may fail did. */
  failed: boolean;
}

/** All visits together. */
export interface JudgedRun {
  launch: number;
  /** How many calls count, and how many may. */
  traffic: number;
  most: number;
}

export interface Finding extends Pick<Rule, "code" | "kind" | "words" | "source"> {
  launch: number;
  /** Of the call; null where a whole visit is meant. */
  order: number | null;
  /** The call as text, "" where a whole visit is meant. */
  call: string;
}

interface Circumstances {
  /** Whether the LMS saves each call by itself, so that writes have to keep apart. */
  paced?: boolean;
  /**
   * Whether the line or the LMS failed in a way that the log cannot show, so that values may be
   * written again; a failed call shows it by itself.
   */
  trouble?: boolean;
  /** How many pages were shown; without it nobody counts. */
  views?: number | null;
  /** How many questions were answered. */
  answers?: number;
}

// What the LMS was asked after a failure does not count as traffic.
const LOOK_UP = /^LMSGet(LastError|ErrorString|Diagnostic)$/;

/** Milliseconds; the batches of an LMS that needs pacing take seconds. */
const COMMITTED_WITHIN = 10_000;

/** How many calls a whole run may make: at most these, each. */
const BUDGET = { session: 30, view: 5, answer: 16 };

const ACTS = ["LMSInitialize", "LMSSetValue", "LMSCommit", "LMSFinish"];
// Other elements may be refused because the LMS does not have them.
const VITAL = /suspend_data|lesson_status|score\.raw/;

/** The findings of a log: the calls of one trainee, in their order. */
export function judge(
  calls: Call[],
  { paced = false, trouble = false, views = null, answers = 0 }: Circumstances = {},
): Finding[] {
  const findings: Finding[] = [];
  const visits = new Map<number, JudgedVisit>();
  for (const call of calls) {
    const visit = visits.get(call.launch) ?? createVisit(call.launch, paced, trouble);
    visits.set(call.launch, visit);
    for (const rule of RULES) {
      if (rule.call?.(call, visit)) findings.push(finding(rule, visit, call));
    }
    follow(visit, call);
  }
  for (const visit of visits.values()) {
    for (const rule of RULES) if (rule.visit?.(visit)) findings.push(finding(rule, visit));
  }
  if (views === null) return findings;

  const most = visits.size * BUDGET.session + views * BUDGET.view + answers * BUDGET.answer;
  const traffic = [...visits.values()].reduce((sum, visit) => sum + visit.traffic, 0);
  const run = { launch: 0, traffic, most };
  for (const rule of RULES) if (rule.run?.(run)) findings.push(finding(rule, run));
  return findings;
}

function finding(
  { code, kind, words, source }: Rule,
  { launch }: { launch: number },
  call?: Call,
): Finding {
  const text = call
    ? `${call.name}(${call.args.map((arg) => JSON.stringify(arg)).join(", ")})`
    : "";
  return { code, kind, launch, order: call?.order ?? null, call: text, words, source };
}

const createVisit = (launch: number, paced: boolean, trouble: boolean): JudgedVisit => ({
  launch,
  paced,
  trouble,
  phase: "new",
  said: new Map(),
  told: new Map(),
  batch: new Map(),
  lastWrite: -Infinity,
  waiting: null,
  late: false,
  traffic: 0,
  failed: false,
});

/** What is known of a visit after a call. */
function follow(visit: JudgedVisit, call: Call) {
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

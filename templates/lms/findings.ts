// Checks a log of calls for violations of SCORM 1.2 and of our tracking policy.

import { RULES, type Rule } from "./rules.ts";
import type { Call } from "./log.ts";
import type { Phase } from "./runtime.ts";

/** State of a visit before the next call. */
export interface JudgedVisit {
  launch: number;
  /** Whether the LMS saves each call by itself, so that writes need pauses. */
  paced: boolean;
  /** Whether something failed, so that values may be written again. */
  trouble: boolean;
  /** As far as calls succeeded. */
  phase: Phase;
  /** Element → last value that the LMS returned. */
  said: Map<string, string>;
  /** Element → last value that was set. */
  told: Map<string, string>;
  /** Element → value set since the last commit. */
  batch: Map<string, string>;
  /** Time of the last LMSSetValue. */
  lastWrite: number;
  /** Time of the oldest value that is not committed; null if there is none. */
  waiting: number | null;
  /** Whether a value was not committed in time. */
  late: boolean;
  /** Number of calls. */
  traffic: number;
  /** Whether the last call failed, calls for error details apart. */
  failed: boolean;
}

/** All visits together. */
export interface JudgedRun {
  launch: number;
  /** Number of calls, and the maximum. */
  traffic: number;
  most: number;
}

export interface Finding extends Pick<Rule, "code" | "kind" | "words" | "source"> {
  launch: number;
  /** Number of the call; null if the finding is about a whole visit. */
  order: number | null;
  /** The call as text; "" if the finding is about a whole visit. */
  call: string;
}

interface Circumstances {
  /** Whether the LMS saves each call by itself, so that writes need pauses. */
  paced?: boolean;
  /**
   * Whether the connection or the LMS failed in a way that the log cannot show, so that values may
   * be written again. Failed calls are in the log.
   */
  trouble?: boolean;
  /** Number of pages shown; null if calls are not counted. */
  views?: number | null;
  /** Number of questions answered. */
  answers?: number;
}

// After a failure, these calls do not count.
const LOOK_UP = /^LMSGet(LastError|ErrorString|Diagnostic)$/;

/** In ms; an LMS that needs pauses takes seconds for a batch. */
const COMMITTED_WITHIN = 10_000;

/** Maximum number of calls per session, page view and answer. */
const BUDGET = { session: 30, view: 5, answer: 16 };

const ACTS = ["LMSInitialize", "LMSSetValue", "LMSCommit", "LMSFinish"];
// An LMS may lack other elements, and refuse them.
const VITAL = /suspend_data|lesson_status|score\.raw/;

/** The findings about the calls of one trainee, in order. */
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
    update(visit, call);
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

/** Updates the state of a visit after a call. */
function update(visit: JudgedVisit, call: Call) {
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

// Moodle 4.5.5, mod/scorm. js = datamodels/scorm_12.js, request = request.js, lib = locallib.php
// and datamodels/scorm_12lib.php, data = datamodel.php. ✔ = recorded
// (tests/lms/transcripts/moodle).

import {
  CHILDREN,
  CHILDREN_OF_CMI,
  general,
  LISTS,
  like,
  RO,
  RW,
  WO,
  type Model,
  type Row,
  type Value,
} from "../model.ts";
import { createProfile } from "../profile.ts";
import { forget, number, type Elements, type TraineeRecord } from "../stored.ts";
import type { Profile, Settings } from "../profile-contract.ts";
import type { Runtime } from "../runtime.ts";

interface Memory {
  /** Values marked as sent; empty before the first LMSInitialize. */
  sent: Map<string, Value>;
  /** Cancels the auto-commit timer. */
  cancel: (() => void) | null;
}

/** By Moodle's own names of elements. */
type Body = { values: Elements };
type MoodleRuntime = Runtime<Memory, Body>;

const LARGE = 64_000;
// PHP's max_input_vars, less the other variables of a request: id, a, sesskey, attempt, scoid.
const MOST_VALUES = 1000 - 5;
// js, CollectData: order of the values in a request.
const SECTIONS = [
  "core",
  "objectives",
  "student_preference",
  "interactions",
  "suspend_data",
  "comments",
];
const FINAL = ["completed", "passed", "failed"];

// js, "Standard Data Type Definition" ✔. The dot before decimals matches any character: "1e2" is
// accepted.
const STATUS = /^(passed|completed|failed|incomplete|browsed)$/;
const ANY_STATUS = /^(passed|completed|failed|incomplete|browsed|not attempted)$/;
const EXIT = /^(time-out|suspend|logout|)$/;
const TYPE = /^(true-false|choice|fill-in|matching|performance|sequencing|likert|numeric)$/;
const RESULT = /^(correct|wrong|unanticipated|neutral|([0-9]{0,3})?(.[0-9]*)?)$/;
const IDENTIFIER = /^[!-~]{0,255}$/;
const TIME = /^[0-2][0-9]:[0-5][0-9]:[0-5][0-9](.[0-9]{1,2})?$/;
const TIMESPAN = /^[0-9]{2,4}:[0-9]{2}:[0-9]{2}(.[0-9]{1,2})?$/;
const DECIMAL = /^-?([0-9]{0,3})(.[0-9]*)?$/;
const INTEGER = /^-?([0-9]+)$/;

/** A number within a range, stored as a number; "" is stored as 0 ✔. */
const ranged = (
  low: number,
  high: number,
  pattern: RegExp = DECIMAL,
  access: Row["access"] = RW,
  initial = "",
): Row => ({
  access,
  initial,
  keep: Number,
  takes: (value) => pattern.test(value) && Number(value) >= low && Number(value) <= high,
});
const score = ranged(0, 100);

const readable: Row = { access: RO, initial: "" };
const written = (takes: Row["takes"]): Row => ({ access: WO, takes });

/** js, "The SCORM 1.2 data model"; lengths in UTF-16 units, as JavaScript counts ✔. */
function model({ standard_mode: standard }: Settings): Model {
  const elements = elementsWith((most) => (value) => value.length <= (standard ? most : LARGE));
  return { elements, children: { cmi: CHILDREN_OF_CMI, ...CHILDREN }, lists: LISTS };
}

/** @param text Returns a check for texts up to a length. */
function elementsWith(text: (most: number) => (value: string) => boolean): Model["elements"] {
  const short: Row = { access: RW, initial: "", takes: text(255) };
  return {
    "cmi._version": { access: RO, initial: "3.4" },
    "cmi.core.student_id": readable,
    "cmi.core.student_name": readable,
    "cmi.core.lesson_location": short,
    "cmi.core.credit": readable,
    "cmi.core.lesson_status": { access: RW, initial: "", takes: like(STATUS) },
    "cmi.core.entry": readable,
    "cmi.core.score.raw": score,
    "cmi.core.score.max": score,
    "cmi.core.score.min": score,
    "cmi.core.total_time": readable,
    "cmi.core.lesson_mode": readable,
    "cmi.core.exit": { access: WO, initial: "", takes: like(EXIT) },
    "cmi.core.session_time": { access: WO, initial: "00:00:00", takes: like(TIMESPAN) },
    "cmi.suspend_data": { access: RW, initial: "", takes: text(4096) },
    "cmi.launch_data": readable,
    // Each value is appended to the earlier ones ✔.
    "cmi.comments": {
      access: RW,
      initial: "",
      takes: text(4096),
      keep: (value, old = "") => old + value,
    },
    "cmi.comments_from_lms": readable,
    "cmi.objectives.n.id": { access: RW, takes: like(IDENTIFIER) },
    "cmi.objectives.n.score.raw": score,
    "cmi.objectives.n.score.min": score,
    "cmi.objectives.n.score.max": score,
    "cmi.objectives.n.status": { access: RW, takes: like(ANY_STATUS) },
    "cmi.student_data.mastery_score": readable,
    "cmi.student_data.max_time_allowed": readable,
    "cmi.student_data.time_limit_action": readable,
    "cmi.student_preference.audio": ranged(-1, 100, INTEGER, RW, "0"),
    "cmi.student_preference.language": short,
    "cmi.student_preference.speed": ranged(-100, 100, INTEGER, RW, "0"),
    "cmi.student_preference.text": ranged(-1, 1, INTEGER, RW, "0"),
    "cmi.interactions.n.id": written(like(IDENTIFIER)),
    "cmi.interactions.n.objectives.n.id": written(like(IDENTIFIER)),
    "cmi.interactions.n.time": written(like(TIME)),
    "cmi.interactions.n.type": written(like(TYPE)),
    "cmi.interactions.n.correct_responses.n.pattern": written(text(255)),
    "cmi.interactions.n.weighting": ranged(-100, 100, DECIMAL, WO),
    "cmi.interactions.n.student_response": written(text(255)),
    "cmi.interactions.n.result": written(like(RESULT)),
    "cmi.interactions.n.latency": written(like(TIMESPAN)),
  };
}

const inAList = (element: string) => general(element) !== element;
/** Moodle's own name of an element: "cmi.interactions_0.id" ✔. */
const own = (element: string) => element.replace(/\.(\d+)(?=\.)/g, "_$1");
const shared = (element: string) => element.replace(/_(\d+)(?=\.)/g, ".$1");

/**
 * js, LMSInitialize: values start from those marked as sent, lists from those printed. Once members
 * of a list have been sent, a second LMSInitialize in the page throws ✔.
 */
function begin({ settings, page, values, memory: { sent } }: MoodleRuntime) {
  const { elements } = model(settings);
  for (const [element, { initial }] of sent.size ? [] : Object.entries(elements)) {
    if (!element.includes(".n.")) sent.set(element, (page.get(element) ?? initial) as Value);
  }
  values.clear();
  for (const list of ["objectives", "interactions"]) {
    if (![...sent.keys()].some((element) => element.startsWith(`cmi.${list}.`))) continue;
    const first = list === "objectives" ? "score" : "objectives";
    throw new TypeError(`Cannot read properties of undefined (reading '${first}')`);
  }
  for (const [element, value] of sent) values.set(element, value);
  for (const [element, value] of page) if (inAList(element)) values.set(element, value);
  if (values.get("cmi.core.lesson_status") === "")
    values.set("cmi.core.lesson_status", "not attempted");
}

/**
 * js, CollectData: values that differ, by value or type, from those marked as sent. They are marked
 * now, whether sending succeeds or not ✔.
 */
function collect({ values, settings, memory: { sent } }: MoodleRuntime) {
  const { elements } = model(settings);
  const changed: [element: string, value: Value][] = [];
  for (const [element, value] of values) {
    const row = elements[general(element)];
    const before = sent.has(element) ? sent.get(element) : row?.initial;
    if (!row || row.access === RO || element === "cmi.core.session_time" || before === value)
      continue;
    changed.push([element, value]);
    sent.set(element, value);
  }
  const rank = (element: string) => SECTIONS.indexOf(element.split(".")[1]);
  changed.sort(([one], [other]) => rank(one) - rank(other));
  return Object.fromEntries(changed.map(([element, value]) => [own(element), value]));
}

/**
 * request, DoRequest: a beacon while the page is unloaded or hidden, and after a failed request,
 * whose failure is not reported then ✔.
 */
function send({ transport }: MoodleRuntime, values: Elements) {
  if (transport.leaving()) return transport.beacon({ values: inForm(values) });
  try {
    return transport.sync({ values });
  } catch {
    return transport.beacon({ values: inForm(values) });
  }
}

/** A beacon carries a form, in which lines end in CR LF ✔. */
const inForm = (values: Elements): Elements =>
  Object.fromEntries(
    Object.entries(values).map(([element, value]) => [
      element,
      typeof value === "string" ? value.replace(/\r?\n/g, "\r\n") : value,
    ]),
  );

function commit(rt: MoodleRuntime) {
  rt.memory.cancel?.();
  rt.memory.cancel = null;
  return send(rt, collect(rt));
}

/** js, StoreData: the final status, then the total time, which only LMSFinish sends ✔. */
function finish(rt: MoodleRuntime) {
  const { values, settings } = rt;
  if (values.get("cmi.core.lesson_status") === "not attempted")
    values.set("cmi.core.lesson_status", "completed");
  const mastery = values.get("cmi.student_data.mastery_score");
  const raw = values.get("cmi.core.score.raw");
  if (
    settings.mastery_override &&
    mastery !== "" &&
    raw !== "" &&
    values.get("cmi.core.lesson_mode") === "normal" &&
    values.get("cmi.core.credit") === "credit"
  ) {
    values.set("cmi.core.lesson_status", Number(raw) >= Number(mastery) ? "passed" : "failed");
  }
  const total = sum(
    String(values.get("cmi.core.total_time")),
    String(values.get("cmi.core.session_time")),
  );
  return send(rt, { ...collect(rt), "cmi.core.total_time": total });
}

/** js, AddTime: decimals count as hundredths, however many there are. */
function sum(...spans: string[]) {
  const cents = spans.reduce((total, span) => {
    const [hours, minutes, rest] = span.split(":");
    const [whole, decimals = "0"] = rest.split(".");
    const seconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(whole);
    return total + seconds * 100 + Number(decimals);
  }, 0);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const [minutes, seconds] = [(cents / 6000) % 60, (cents / 100) % 60];
  return `${two(cents / 360_000)}:${two(minutes)}:${two(seconds)}.${two(cents % 100)}`;
}

/** lib, scorm_grade_user: the highest score of all attempts, 0 if none was set. */
const highest = ({ attempts }: TraineeRecord) =>
  Math.max(...Object.values(attempts).map((values) => number(values["cmi.core.score.raw"]) ?? 0));

const status = (record: TraineeRecord) => record.attempts[record.attempt]["cmi.core.lesson_status"];

/**
 * The mode of a visit. lib, scorm_check_mode: after a final status, failed included, it is review
 * ✔.
 */
function modeOf(record: TraineeRecord, asked: string) {
  if (asked === "browse") return "browse";
  return FINAL.includes(status(record)) ? "review" : "normal";
}

/** js, "cmi.core.entry". */
function entryOf(record: TraineeRecord) {
  if (!status(record)) return "ab-initio";
  return record.attempts[record.attempt]["cmi.core.exit"] === "suspend" ? "resume" : "";
}

export const profile: Profile<Memory, Body> = createProfile({
  name: "Moodle",
  product: "Moodle 4.5.5, mod/scorm",
  special:
    "Says true while it is offline, and does not send again what was lost. Time is added up only " +
    "when a visit is closed. After passed, completed or failed a visit is a review, which it " +
    "would still save.",
  settings: {
    /** Site administration, "SCORM standards mode": standard lengths, name as "Last, First" ✔. */
    standard_mode: false,
    /** The activity's "Mastery score overrides status". */
    mastery_override: true,
    /** The activity's "Auto-commit": once a minute after a value was set (js, LMSSetValue). */
    autocommit: false,
    /** After the session has expired, the page may go to the login (seen after 24 to 29 s) ✔. */
    login_page: false,
  },
  variants: {
    "standard mode": { standard_mode: true },
    "no mastery override": { mastery_override: false },
  },

  // facts/moodle.md#launch: in popup mode, too, the API is in the parent, and there is no opener ✔.
  popup: "page",
  // facts/moodle.md#entry-mode-attempts ✔.
  kept: true,
  // module.js, scorm_activate_item; lib, scorm_get_toc_object
  loads: ({ attempt }) => `a=1&scoid=1&currentorg=&attempt=${attempt}`,
  // facts/moodle.md#transport: keep-alive every 30 s.
  alive: ({ login_page: moves }) => (moves ? 30_000 : 0),

  model,
  again: true,
  diagnostic: (code, last) => code || last, // js, LMSGetDiagnostic
  empty: ([param]) => param === "",
  strings: false,
  indexFirst: false,
  codes: {
    beyondRead: "0", // js: "need to check if it is the right errorCode"
    noChildren: (parent, known) => (known ? "202" : "201"),
    noCount: (parent, known) => (known ? "203" : "201"),
    unknown: () => "201",
  },
  // A value that is missing in an existing member is JavaScript's undefined (recorded as null) ✔. A
  // new objective starts with empty scores; one of an earlier visit has the stored ones.
  reads(value, element, { page }, initial) {
    if (value !== undefined || !inAList(element)) return value ?? initial;
    const member = `${element.split(".").slice(0, 3).join(".")}.`;
    return [...page.keys()].some((name) => name.startsWith(member)) ? undefined : initial;
  },
  // "0" as printed; a number once there is a member ✔.
  counts: (n, list) => (LISTS.includes(list) ? n || "0" : n),
  memory: () => ({ sent: new Map(), cancel: null }),
  begin,
  onSet(rt) {
    if (rt.settings.autocommit) rt.memory.cancel ??= rt.timer(rt.commit, 60_000);
  },
  onCommit: commit,
  onFinish: finish,

  launch(record, asked, { standard_mode: standard }) {
    const values = record.attempts[record.attempt];
    const { mastery, launchData } = record.package;
    const mode = modeOf(record, asked.mode);
    const [last, first] = asked.learner.name.split(", ");
    const kept = Object.entries(values).filter(
      ([element]) => !element.startsWith("cmi.student_preference"),
    );
    return {
      mode,
      elements: {
        ...Object.fromEntries(kept.map(([element, value]) => [shared(element), value])),
        "cmi.core.student_id": asked.learner.id,
        "cmi.core.student_name": standard ? asked.learner.name : `${first} ${last}`,
        "cmi.core.credit": mode === "normal" ? "credit" : "no-credit",
        "cmi.core.lesson_mode": mode,
        "cmi.core.entry": entryOf(record),
        "cmi.core.total_time": values["cmi.core.total_time"] ?? "00:00:00",
        "cmi.student_data.mastery_score": mastery,
        "cmi.launch_data": launchData,
      },
    };
  },
  // A new attempt starts empty ✔; it is possible only after a final status.
  launched(record, { attempt }) {
    if (attempt !== "new" || !FINAL.includes(status(record))) return;
    record.attempt += 1;
    record.attempts[record.attempt] = {};
  },
  // data, and lib, scorm_insert_track: every value is stored, in review and browse, too ✔. PHP
  // drops variables beyond its limit (facts/moodle.md#transport).
  receive(record, { body, attempt = record.attempt }) {
    // request: the attempt is that of the page.
    const values = record.attempts[attempt];
    for (const [element, value] of Object.entries(body.values).slice(0, MOST_VALUES)) {
      values[element] = String(value);
      const graded =
        element === "cmi.core.score.raw" ||
        (element === "cmi.core.lesson_status" && ["completed", "passed"].includes(String(value)));
      if (graded) record.grade = highest(record);
    }
  },
  // SCOs match by item identifier. Tracks of a deleted one are deleted, and grades are recomputed
  // ✔.
  replaced(record, { item }) {
    const known = Object.values(record.attempts).some((values) => Object.keys(values).length);
    if (item !== record.package.item) forget(record);
    if (known) record.grade = highest(record);
  },
  grade: ({ grade }) => grade,
});

// The contract of a profile: how one LMS treats a SCORM 1.2 package, as data and small behaviours.
//
// A profile is a file profiles/NAME.js that exports `profile = createProfile({...})` and has a row in
// profiles.js. It says only what its LMS does otherwise than SCORM 1.2; each fact names its source
// beside it: file and line of the product, facts/moodle.md, or facts/learning-systems.md. Nothing here says that a
// profile is right: with the settings with which the real thing was recorded in every situation that
// counts (tests/lms/verified.py), and where it replays that, it is verified; with any others not.
//
// Three parts play together, all in the browser or all in Node:
//
//   run-time (runtime.js)       the API that the SCO calls, in the LMS's page
//   transport (transport.js)    sends to the server, by the browser's own means
//   record (record.js)          a fold of what reached the server: what the LMS holds
//
// So what is lost offline, in an expired session, over the beacon limit or in a killed tab never
// reaches the record, and no profile has to say so. A profile says which means its LMS uses.
//
// `rt`, given to the behaviours of the run-time:
//   settings   the settings of this LMS, defaults filled in
//   page       Map: what the LMS printed into its page at launch, element → value; never changes
//   values     Map: what the run-time holds
//   memory     an object for what the profile has to remember as long as the page lives
//   transport  .sync(body) → ok: a synchronous request; throws where the browser cannot send
//              .beacon(body) → queued: sendBeacon; true says nothing about arrival
//              .later(body, {keepalive}) → Promise of ok, which never rejects: fetch
//              .leaving(): the page is going away or hidden: synchronous requests are denied
//              .handling(): the type of the event being handled in the course's frame or here, or ""
//              .online(): whether the browser believes that there is a network
//   timer      (call, ms) → cancel()
//   commit()   what LMSCommit does, for autocommit

import { CHILDREN, ERRORS, LISTS, MODEL, seconds, span } from "./model.js";

export const FUNCTIONS = [
  "LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError",
  "LMSGetErrorString", "LMSGetDiagnostic",
];

/** Everything a profile can say, as SCORM 1.2 has it. */
const SPECIFICATION = {
  /** As tables and documents name the LMS, and what was read or recorded: product and version. */
  name: "",
  product: "",
  /**
   * What it cannot do with these settings, and what proves that: a way to open the course ("popup"), a
   * mode ("browse", "review"), "replaced", or a field of `held` below that it does not keep.
   */
  lacks: () => ({}),
  /** What is special about it for a course, in a sentence or two; for tables and documents. */
  special: "",
  /** Whether it saves each call by itself, so that values have to keep apart. */
  paced: false,
  /** Choices of an administrator or teacher that change the behaviour, with their defaults. */
  settings: {},
  /** Columns of the table besides the defaults: label → settings. */
  variants: {},

  /** What a popup holds: the "course", with the API in the opener, or the LMS's own "page", without opener. */
  popup: "course",
  /** Whether the browser's Back shows the LMS's page as it was printed at an earlier launch. */
  kept: false,
  /** The query of a page of the LMS in the course's frame, which moves on to the course; "" for none. */
  loads: () => "",
  /** How often, in ms, the LMS's page asks for its session, to go to the login when it is over; 0 for never. */
  alive: () => 0,

  // ---- The run-time -------------------------------------------------------------------------

  /** The functions that the API has. */
  functions: FUNCTIONS,
  /**
   * `elements`: general name → { access, takes(value, element, values), keep(value, old), initial, unread }.
   * `keep` is what is held of a value that was taken, as it is unless given; `initial` is what it is
   * before the first; `unread` is the error of reading what can only be written. `children` and
   * `lists` give what has `_children` and `_count`.
   */
  model: () => ({ elements: MODEL, children: CHILDREN, lists: LISTS }),
  /** false: every element and value is taken, nothing is judged, no index is checked. */
  checked: true,
  /** Whether an element is taken where nothing is judged; else it is `codes.unknown`. */
  known: () => true,
  /** false: there is no state; calls work before LMSInitialize and after LMSFinish. */
  session: true,
  /** Whether calls work in a phase: "new", "running" or "finished". A second LMSFinish does nothing. */
  open: (phase) => phase === "running",
  /** Whether LMSInitialize works again after LMSFinish in the same page. */
  again: false,
  /** Whether the arguments of LMSInitialize, LMSCommit and LMSFinish are right. */
  empty: (args) => args.length === 1 && args[0] === "",
  /** Whether a value has to be a string; else it is made one. */
  strings: true,
  /** The types of values that are made a string, null for all; another one is an error in every phase. */
  types: null,
  /** Whether an index is judged before a value. */
  indexFirst: true,
  /**
   * Error codes by cause. `unknown(element, written)` is asked for elements outside the model; `beyondWrite` may be a
   * function of the element, `noChildren` and `noCount` of the element without the keyword, and whether that is one.
   */
  codes: {
    ok: "0", general: "101", again: "101", argument: "201", beyondWrite: "201", beyondRead: "201",
    noChildren: "202", noCount: "203", closed: "301", keyword: "402", readOnly: "403", writeOnly: "404",
    type: "405", unknown: (element) => (/^cmi\./.test(element) ? "201" : "401"),
  },
  /** What LMSGetErrorString and LMSGetDiagnostic say of the code asked for; `last` is that of the last call. */
  errorString: (code) => ERRORS[code] ?? "",
  diagnostic: (code) => ERRORS[code] ?? "",
  /** What LMSGetLastError says of a code; gets `rt` too. */
  lastError: (code) => code,
  /** How true and false are returned. */
  says: (yes) => (yes ? "true" : "false"),
  /** What LMSGetValue returns of a readable element; `value` is undefined where nothing is held. */
  reads: (value, element, rt, initial = "") => value ?? initial,
  /** What `_count` returns of a list with n members. */
  counts: (n) => String(n),
  /** Called by every LMSInitialize, before it is judged: fills `rt.values`. May throw, as some do. */
  begin(rt) {
    rt.values.clear();
    for (const [element, value] of rt.page) rt.values.set(element, value);
  },
  /** A value was taken: for LMSs that send each one, or set a timer. */
  onSet() {},
  /** LMSCommit and LMSFinish: send, and say whether that succeeded as far as the LMS can tell. */
  onCommit: (rt) => post(rt, { kind: "commit", values: Object.fromEntries(rt.values) }),
  onFinish: (rt) => post(rt, { kind: "finish", values: Object.fromEntries(rt.values) }),
  /** What the LMS's page does by itself as it goes away (beforeunload); `api` is what the course sees. */
  onLeave() {},

  // ---- The server ---------------------------------------------------------------------------
  //
  // A record: { item, package, attempt, attempts: {number: {element: value}}, grade, … }. The
  // functions below get a record of their own, change it and return nothing. `values` is the
  // current attempt. A profile may keep more in a record.

  /**
   * The visit that a launch gives: { mode, credit, elements }. `asked` is { mode, learner: {id, name} };
   * `record.package` is { item, mastery, launchData }, "" where the manifest has none.
   */
  launch(record, asked) {
    const values = record.attempts[record.attempt];
    const mode = asked.mode ?? "normal";
    const { mastery, launchData } = record.package;
    const printed = Object.entries(values).filter(([element]) => !/^cmi\.core\.(exit|session_time)$/.test(element));
    return {
      mode,
      elements: {
        "cmi.core.lesson_status": "not attempted",
        "cmi.core.total_time": span(0),
        ...Object.fromEntries(printed),
        "cmi.core.student_id": asked.learner.id,
        "cmi.core.student_name": asked.learner.name,
        "cmi.core.credit": mode === "normal" ? "credit" : "no-credit",
        "cmi.core.lesson_mode": mode,
        "cmi.core.entry": entry(values),
        ...(mastery && { "cmi.student_data.mastery_score": mastery }),
        ...(launchData && { "cmi.launch_data": launchData }),
      },
    };
  },
  /** The learner opened the course: `message` is { mode, attempt: "new" or "", learner: {id, name} }. */
  launched(record, message) {
    if (message.attempt !== "new") return;
    record.attempt += 1;
    record.attempts[record.attempt] = {};
  },
  /** Data arrived: `message` is { body, mode, credit, means, … }, `body` as the run-time sent it. */
  receive: (record, message) => store(record, message),
  /** A teacher replaced the package by another: `message` is its { item, mastery, launchData }. */
  replaced(record, message) {
    if (message.item !== record.package.item) forget(record);
  },
  /** What the gradebook holds, or null. */
  grade: (record) => number(record.attempts[record.attempt]["cmi.core.score.raw"]),
  /** What the LMS holds, in words all LMSs share; null where it keeps no such thing. */
  held(record) {
    const values = record.attempts[record.attempt];
    return {
      status: values["cmi.core.lesson_status"] ?? "",
      score: String(values["cmi.core.score.raw"] ?? ""),
      seconds: seconds(values["cmi.core.total_time"]),
      location: values["cmi.core.lesson_location"] ?? "",
      state: values["cmi.suspend_data"] ?? "",
      interactions: listed(values, "cmi.interactions"),
    };
  },
};

const READ_ONLY = /^cmi\.(core\.(student_id|student_name|credit|entry|lesson_mode|total_time)|student_data\.|launch_data$)/;

/** A profile: what it says, over what SCORM 1.2 says. */
export function createProfile(facts) {
  const unknown = Object.keys(facts).filter((name) => !(name in SPECIFICATION));
  if (unknown.length) throw new TypeError(`no profile can say ${unknown}`);
  return { ...SPECIFICATION, ...facts, codes: { ...SPECIFICATION.codes, ...facts.codes } };
}

/** 2.7: what cmi.core.entry says at the next launch. */
export function entry(values) {
  if (!Object.keys(values).length) return "ab-initio";
  return values["cmi.core.exit"] === "suspend" ? "resume" : "";
}

/**
 * Send as long as the browser allows it to wait for the answer, and blindly when it does not: while
 * this page goes away, or, which nobody is told, the window with the course.
 */
export function post({ transport }, body) {
  if (transport.leaving()) return transport.beacon(body);
  try {
    return transport.sync(body);
  } catch {
    return transport.online() && transport.beacon(body);
  }
}

/**
 * What SCORM 1.2 says of data that arrived. `judges(status)` says whether a mastery score decides at the end where this
 * is the status.
 */
export function store(record, { body, mode, credit }, judges = () => true) {
  const values = record.attempts[record.attempt];
  const earlier = { ...values };
  Object.assign(values, body.values);
  for (const element of Object.keys(values)) {
    // 2.7: without credit, score and status are not recorded.
    if (credit !== "credit" && /^cmi\.core\.(lesson_status|score\.)/.test(element)) keepEarlier(values, earlier, element);
    if (READ_ONLY.test(element)) keepEarlier(values, earlier, element);
  }
  if (body.kind === "finish") finish(values, record, { mode, credit, judges });
}

/** 2.7: what an LMS does to the values at the end of a visit. */
function finish(values, record, { mode, credit, judges }) {
  const raw = number(values["cmi.core.score.raw"]);
  const mastery = number(record.package.mastery);
  const status = values["cmi.core.lesson_status"] ?? "not attempted";
  if (credit === "credit") {
    if (status === "not attempted") values["cmi.core.lesson_status"] = "completed";
    if (mastery !== null && raw !== null && judges(status)) values["cmi.core.lesson_status"] = raw >= mastery ? "passed" : "failed";
  } else if (mode === "browse" && status === "not attempted") {
    values["cmi.core.lesson_status"] = "browsed";
  }
  values["cmi.core.total_time"] = span(seconds(values["cmi.core.total_time"]) + seconds(values["cmi.core.session_time"]));
  delete values["cmi.core.session_time"];
}

/** A number or its text as a number, null where there is none. */
export function number(value) {
  return value === undefined || value === null || value === "" || !Number.isFinite(Number(value)) ? null : Number(value);
}

/** Everything that is held of the trainee goes. */
export function forget(record) {
  record.attempt = 1;
  record.attempts = { 1: {} };
  record.grade = null;
}

/** The members of a list in the order of their indexes: leaf → value. Takes `list.0.leaf` and Moodle's `list_0.leaf`. */
export function listed(values, list) {
  const found = new Map();
  for (const [element, value] of Object.entries(values)) {
    const name = element.replace(/_(\d+)(?=\.)/g, ".$1");
    if (!name.startsWith(`${list}.`)) continue;
    const [, index, leaf] = /^(\d+)\.(.+)$/.exec(name.slice(list.length + 1)) ?? [];
    if (index) found.set(Number(index), { ...found.get(Number(index)), [leaf]: String(value) });
  }
  return [...found].sort(([one], [other]) => one - other).map(([, member]) => member);
}

function keepEarlier(values, earlier, element) {
  if (element in earlier) values[element] = earlier[element];
  else delete values[element];
}

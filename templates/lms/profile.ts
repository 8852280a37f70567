// The default profile: SCORM 1.2.
//
// A profile is a file profiles/NAME.ts that exports `profile = createProfile({...})` and has a row
// in profiles.ts. It defines only how its LMS differs from SCORM 1.2, and names the source of each
// fact: file and line of the product, or a page of docs/facts. A profile is verified for the
// settings with which the real LMS was recorded in every required situation
// (tests/lms/verified.py), if it replays these recordings.
//
// Three parts work together, all in the browser or all in Node:
//
// - run-time (runtime.ts): the API that the SCO calls, in the LMS's page;
// - transport (transport.ts): sends to the server, by the browser's own means;
// - record (record.ts): computes what the LMS holds from what has reached the server.
//
// So what is lost offline, in an expired session, over the beacon limit or in a killed tab never
// reaches the record. A profile only has to use the same means of sending as its LMS.

import { CHILDREN, ERRORS, LISTS, MODEL, seconds, span } from "./model.ts";
import { entry, forget, listed, number, store, type Elements } from "./stored.ts";
import type { ProfileFacts, Profile } from "./profile-contract.ts";
import type { Transport } from "./transport.ts";

/** What a run-time sends by default: all of its values. */
export type Body = { kind: "commit" | "finish"; values: Elements };

export const FUNCTIONS = [
  "LMSInitialize",
  "LMSFinish",
  "LMSGetValue",
  "LMSSetValue",
  "LMSCommit",
  "LMSGetLastError",
  "LMSGetErrorString",
  "LMSGetDiagnostic",
];

const SPECIFICATION: Profile<object, Body> = {
  name: "",
  product: "",
  special: "",
  lacks: () => ({}),
  paced: false,
  settings: {},
  variants: {},

  popup: "course",
  names: ["API"],
  kept: false,
  loads: () => "",
  alive: () => 0,

  functions: FUNCTIONS,
  model: () => ({ elements: MODEL, children: CHILDREN, lists: LISTS }),
  checked: true,
  known: () => true,
  session: true,
  open: (phase) => phase === "running",
  again: false,
  empty: (args) => args.length === 1 && args[0] === "",
  strings: true,
  types: null,
  indexFirst: true,
  codes: {
    ok: "0",
    general: "101",
    again: "101",
    argument: "201",
    beyondWrite: "201",
    beyondRead: "201",
    noChildren: "202",
    noCount: "203",
    closed: "301",
    keyword: "402",
    readOnly: "403",
    writeOnly: "404",
    type: "405",
    unknown: (element) => (/^cmi\./.test(element) ? "201" : "401"),
  },
  errorString: (code) => ERRORS[code] ?? "",
  diagnostic: (code) => ERRORS[code] ?? "",
  lastError: (code) => code,
  says: (yes) => (yes ? "true" : "false"),
  reads: (value, _element, _rt, initial = "") => value ?? initial,
  counts: (n) => String(n),
  memory: () => ({}),
  begin(rt) {
    rt.values.clear();
    for (const [element, value] of rt.page) rt.values.set(element, value);
  },
  onSet() {},
  onCommit: (rt) => post(rt, { kind: "commit", values: Object.fromEntries(rt.values) }),
  onFinish: (rt) => post(rt, { kind: "finish", values: Object.fromEntries(rt.values) }),
  onLeave() {},

  launch(record, asked) {
    const values = record.attempts[record.attempt];
    const mode = asked.mode ?? "normal";
    const { mastery, launchData } = record.package;
    const printed = Object.entries(values).filter(
      ([element]) => !/^cmi\.core\.(exit|session_time)$/.test(element),
    );
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
  launched(record, message) {
    if (message.attempt !== "new") return;
    record.attempt += 1;
    record.attempts[record.attempt] = {};
  },
  receive: (record, message) => store(record, message),
  replaced(record, next) {
    if (next.item !== record.package.item) forget(record);
  },
  grade: (record) => number(record.attempts[record.attempt]["cmi.core.score.raw"]),
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

/** A profile with the given facts; everything else is as in SCORM 1.2. */
export function createProfile<Memory = object, Sent = Body>(
  facts: ProfileFacts<Memory, Sent>,
): Profile<Memory, Sent> {
  const unknown = Object.keys(facts).filter((name) => !(name in SPECIFICATION));
  if (unknown.length) throw new TypeError(`no profile can say ${unknown}`);
  const codes = { ...SPECIFICATION.codes, ...facts.codes };
  return { ...SPECIFICATION, ...facts, codes } as Profile<Memory, Sent>;
}

/**
 * Sends synchronously while the browser allows it, and otherwise as a beacon: while this page is
 * unloaded, or the course's window is, of which the page is not notified.
 */
export function post<Sent>({ transport }: { transport: Transport<Sent> }, body: Sent) {
  if (transport.leaving()) return transport.beacon(body);
  try {
    return transport.sync(body);
  } catch {
    return transport.online() && transport.beacon(body);
  }
}

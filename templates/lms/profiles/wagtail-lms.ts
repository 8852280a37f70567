// wagtail-lms (PyPI), from its sources: wagtail_lms/templates/wagtail_lms/scorm_player.html,
// views.py, models.py.

import { createProfile, FUNCTIONS } from "../profile.ts";
import { listed, type DataMessage, type Stored, type TraineeRecord } from "../stored.ts";
import type { Value } from "../model.ts";
import type { Profile } from "../profile-contract.ts";
import type { Transport } from "../transport.ts";

interface Memory {
  /** Values that the server has accepted. */
  held: Map<string, Value>;
  /** Number of requests being sent. */
  underWay: number;
  /** Number of the current burst of simultaneous requests. */
  burst: number;
}

type SetBody = { kind: "set"; element: string; value: Value; burst: number };
type Body = SetBody | { kind: "get"; wanted: string } | { kind: "commit" | "terminate" };

/** `row` is the attempt's row before that burst. */
type OwnRecord = TraineeRecord & { burst?: { launch: number; number: number; row: Stored } };

const ROW: { [element: string]: string } = {
  "cmi.core.lesson_status": "attempt.completion_status",
  "cmi.core.lesson_location": "attempt.location",
  "cmi.suspend_data": "attempt.suspend_data",
  "cmi.core.score.raw": "attempt.score_raw",
  "cmi.core.score.max": "attempt.score_max",
  "cmi.core.score.min": "attempt.score_min",
};

export const profile: Profile<Memory, Body> = createProfile({
  name: "wagtail-lms",
  product: "wagtail-lms 0.11.1",
  lacks: () => ({
    popup: "its page has the course in a frame, always (scorm_player.html:16)",
    browse: "cmi.core.lesson_mode is always normal (views.py, get_scorm_value)",
    review: "cmi.core.lesson_mode is always normal (views.py, get_scorm_value)",
    seconds: "nothing sets total_time of an attempt (views.py, set_scorm_value)",
    replaced:
      "a package is unpacked only once: a new file leaves the old pages in place " +
      "(models.py, SCORMPackage.save)",
  }),
  special:
    "Has no LMSFinish. Sends each value by itself and confirms none: values that follow each " +
    "other too fast undo each other in what it reports. Keeps no time, and every visit is a " +
    "first one.",
  paced: true,

  // scorm_player.html:131: the same object, without a function of SCORM 2004.
  names: ["API", "API_1484_11"],

  // scorm_player.html:44: the end of a visit is called LMSTerminate.
  functions: FUNCTIONS.map((name) => (name === "LMSFinish" ? "LMSTerminate" : name)),
  // views.py, set_scorm_value: values, elements and indexes are not checked.
  checked: false,
  strings: false,
  empty: () => true,
  model: () => ({ elements: {}, children: {}, lists: [] }),
  // views.py, handle_scorm_get_last_error; scorm_player.html:91: requested from the server each
  // time.
  codes: { general: "0", again: "0", argument: "0", closed: "0" },
  lastError(code, { transport }) {
    ask(transport, "error");
    return code;
  },
  // views.py, get_error_string: the codes are those of SCORM 2004.
  errorString: (code) => ERRORS[code] ?? "Unknown error",
  diagnostic: () => "",

  memory: () => ({ held: new Map(), underWay: 0, burst: 0 }),
  begin(rt) {
    rt.memory.held = new Map(rt.page);
  },
  // scorm_player.html:58
  reads(value, element, { memory, transport }) {
    ask(transport, element);
    return memory.held.get(element) ?? "";
  },
  // scorm_player.html:66, 124-131: an asynchronous request for each value, in no fixed order.
  onSet({ memory, transport }, element, value) {
    if (!memory.underWay) memory.burst += 1;
    memory.underWay += 1;
    transport.later({ kind: "set", element, value, burst: memory.burst }).then((ok) => {
      memory.underWay -= 1;
      if (ok) memory.held.set(element, value);
    });
  },
  // views.py, handle_scorm_commit: saves nothing. scorm_player.html:79: "true" without waiting.
  onCommit: ({ transport }) => Boolean(transport.later({ kind: "commit" })),
  onFinish: ({ transport }) => Boolean(transport.later({ kind: "terminate" })),
  // scorm_player.html:150-155: writes of the course after it are refused.
  onLeave(api) {
    api.LMSCommit("");
    api.LMSTerminate("");
  },

  // views.py, get_scorm_value
  launch(record, asked) {
    const held = elements(record);
    return {
      mode: "normal",
      elements: {
        "cmi.core.lesson_status": attempt(record)["attempt.completion_status"],
        "cmi.core.student_id": asked.learner.id,
        "cmi.core.student_name": asked.learner.name,
        "cmi.core.credit": "credit",
        "cmi.core.entry": "ab-initio",
        "cmi.core.lesson_mode": "normal",
        "cmi.core.total_time": "0000:00:00.00",
        ...held,
      },
    };
  },
  // views.py:254, scorm_player_view
  launched(record) {
    const values = record.attempts[record.attempt];
    if (Object.keys(values).length) return;
    for (const column of Object.values(ROW)) values[column] = "";
    Object.assign(values, { "attempt.completion_status": "incomplete", "attempt.total_time": "" });
  },
  receive,
  // models.py, SCORMPackage.save: a new file leaves the unpacked one and the attempts.
  replaced() {},
  grade: () => null,
  held(record) {
    const values = attempt(record);
    return {
      status: values["attempt.completion_status"],
      score: values["attempt.score_raw"].replace(/\.0$/, ""),
      seconds: null,
      location: values["attempt.location"],
      state: values["attempt.suspend_data"],
      interactions: listed(values, "cmi.interactions"),
    };
  },
});

/**
 * views.py, set_scorm_value: a request that changes a column reads and saves the whole row, so of
 * simultaneous requests the last one undoes the others. Which one is last is random; of five
 * columns at once the row kept none to two (transcripts, at-once.json). Each element is also stored
 * separately, unless the database is locked.
 */
function receive(record: OwnRecord, { body, launch }: DataMessage<Body>) {
  if (body.kind !== "set") return;
  const values = record.attempts[record.attempt];
  const { element, value, burst: number } = body;
  if (record.burst?.launch !== launch || record.burst.number !== number)
    record.burst = { launch, number, row: row(values) };
  const changed = columnOf(element, value);
  if (changed) Object.assign(values, record.burst.row, changed);
  values[element] = String(value);
}

/** views.py, get_error_string */
const ERRORS: { [code: string]: string } = {
  0: "No error",
  101: "General exception",
  201: "General argument error",
  301: "General get failure",
  401: "General set failure",
  402: "General argument error",
  403: "Element cannot have children",
  404: "Element not an array - cannot have count",
  405: "Element is not an array - cannot have count",
};

/** scorm_player.html:117-123: a synchronous request; the answer of a login page is not JSON. */
function ask(transport: Transport<Body>, wanted: string) {
  if (!transport.sync({ kind: "get", wanted })) throw new SyntaxError("the answer is no JSON");
}

const attempt = (record: TraineeRecord): Stored => ({
  "attempt.completion_status": "incomplete",
  "attempt.score_raw": "",
  "attempt.location": "",
  "attempt.suspend_data": "",
  ...record.attempts[record.attempt],
});

/** The columns of the attempt's row, or the elements stored separately. */
const part = (values: Stored, columns: boolean) =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => name.startsWith("attempt.") === columns),
  );
const row = (values: Stored) => part(values, true);
const elements = (record: TraineeRecord) => part(record.attempts[record.attempt], false);

/** views.py, set_scorm_value: a value that is not a float changes no column. */
function columnOf(element: string, value: Value) {
  const column = ROW[element];
  if (!column?.includes("score")) return column && { [column]: String(value) };
  const isFloat = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(String(value));
  return isFloat ? { [column]: float(Number(value)) } : null;
}

/** Formats a float as Python does. */
const float = (number: number) => (Number.isInteger(number) ? `${number}.0` : String(number));

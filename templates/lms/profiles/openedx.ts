// The SCORM XBlock of Open edX (PyPI openedx-scorm-xblock), from its sources:
// openedxscorm/scormxblock.py, static/js/src/scormxblock.js and scorm.js.

import { createProfile } from "../profile.ts";
import { listed, type Stored, type TraineeRecord } from "../stored.ts";
import type { Value } from "../model.ts";
import type { Profile } from "../profile-contract.ts";
import type { Runtime } from "../runtime.ts";

interface Memory {
  /** Values that LMSGetValue returns. */
  data: Map<string, Value>;
  waiting: [element: string, value: Value][];
  /** Whether a request is being sent. */
  busy: boolean;
}

type Body = { kind: "get"; element: string } | { kind: "set"; values: Memory["waiting"] };

const STATUS = "cmi.core.lesson_status";
const COMPLETION = "cmi.completion_status";
const SUCCESS = "cmi.success_status";
/** scormxblock.py, set_value: the full score, by its names in both versions of SCORM. */
const FULL: { [element: string]: number } = {
  "cmi.core.score.raw": 100,
  "cmi.score.raw": 100,
  "cmi.score.scaled": 1,
};
// scormxblock.js, uncachedValues: requested from the server, but the answer is dropped.
const NEVER_READ = [STATUS, COMPLETION, SUCCESS, ...Object.keys(FULL), "cmi.mode"];
// scormxblock.py, parse_validate_positive_float
const NUMBERS = [...Object.keys(FULL), "cmi.progress_measure"];

const NO_MODE =
  "LMSGetValue drops cmi.core.lesson_mode: it is among no values that the page has " +
  "(scormxblock.js, GetValue)";

export const profile: Profile<Memory, Body> = createProfile({
  name: "Open edX XBlock",
  product: "openedx-scorm-xblock 19.0.5",
  lacks: () => ({
    browse: NO_MODE,
    review: NO_MODE,
    seconds: "it keeps the session time of the last visit only (scormxblock.py, set_value)",
  }),
  special:
    "Never says status, score, mode, credit or entry; takes any value and confirms before it is " +
    "sent, SCORM 2004’s status and score too. A score is a percentage, which the gradebook hears " +
    "of with the first passed, failed or completed; failed is a grade of 0.",

  // popup.html, and scormxblock.js, initPopupWindow: reloading the popup loses the API.
  popup: "framed",

  // scorm.js:1-19: phases, arguments and errors are not checked.
  session: false,
  checked: false,
  strings: false,
  empty: () => true,
  model: () => ({ elements: {}, children: {}, lists: [] }),
  lastError: () => "0",
  errorString: () => "Some Error",
  diagnostic: () => "Some Diagnostic",

  memory: () => ({ data: new Map(), waiting: [], busy: false }),
  begin(rt) {
    rt.memory.data = new Map(rt.page);
  },
  // scormxblock.js, GetValue
  reads(value, element, { memory, transport }) {
    if (!NEVER_READ.includes(element)) return memory.data.get(element) ?? "";
    try {
      transport.sync({ kind: "get", element });
    } catch {
      // jQuery swallows the exception.
    }
    return "";
  },
  // scormxblock.js, SetValueAsync
  onSet(rt, element, value) {
    rt.memory.waiting.push([element, value]);
    if (!rt.memory.busy) sendWaiting(rt);
  },
  // scorm.js:10
  onCommit: () => true,
  // scorm.js:6: reports the end of the visit, and no value.
  onFinish: () => true,

  launch: (record) => ({ mode: "normal", elements: data(record) }),
  // scormxblock.py:217-221, student_view
  launched(record, { learner }) {
    const { id, name } = learner;
    Object.assign(record.attempts[record.attempt], {
      "cmi.core.student_id": id,
      "cmi.learner_id": id,
      "cmi.core.student_name": name,
      "cmi.learner_name": name,
    });
  },
  receive(record, { body }) {
    if (body.kind !== "set") return;
    const values = record.attempts[record.attempt];
    // An exception in the handler discards the whole request (scormxblock.py,
    // parse_validate_positive_float).
    if (
      body.values.some(
        ([element, value]) => NUMBERS.includes(element) && !(Number.parseFloat(String(value)) >= 0),
      )
    )
      return;
    for (const [element, value] of body.values) {
      const completed = values["block.lesson_status"] === "completed";
      values[element] = String(value);
      setStatus(values, element, String(value));
      const full = FULL[element];
      if (full) values["block.lesson_score"] = String(Number(value) / full);
      if (publishes(element, value, completed)) record.grade = gradeOf(values);
    }
  },
  // The block keeps its data.
  replaced() {},
  grade: ({ grade }) => grade,
  held(record) {
    const values = record.attempts[record.attempt];
    const score = values["block.lesson_score"];
    return {
      status: values["block.success_status"] ?? values["block.lesson_status"] ?? "",
      score: score === undefined ? "" : String(Number((Number(score) * 100).toPrecision(6))),
      seconds: null,
      location: values["cmi.core.lesson_location"] ?? "",
      state: values["cmi.suspend_data"] ?? "",
      interactions: listed(values, "cmi.interactions"),
    };
  },
});

/**
 * scormxblock.js, processSetValueQueueItems: one request at a time with all pending values; a
 * failed one is discarded.
 */
function sendWaiting(rt: Runtime<Memory, Body>) {
  const { memory, transport } = rt;
  memory.busy = memory.waiting.length > 0;
  if (!memory.busy) return;
  const values = memory.waiting.splice(0);
  for (const [element, value] of values)
    if (!NEVER_READ.includes(element)) memory.data.set(element, value);
  transport.later({ kind: "set", values }).then(() => sendWaiting(rt));
}

/** scormxblock.py, set_value */
function setStatus(values: Stored, element: string, status: string) {
  const result = element === STATUS && (status === "passed" || status === "failed");
  const progress = element === STATUS && (status === "completed" || status === "incomplete");
  if (status && (result || element === SUCCESS)) values["block.success_status"] = status;
  if (status && (progress || element === COMPLETION)) values["block.lesson_status"] = status;
  if (result && status === "passed") values["block.lesson_status"] = "completed";
}

/** scormxblock.py, set_value: a score before the first final status is not published. */
const publishes = (element: string, value: Value, completed: boolean) =>
  (element === STATUS && ["passed", "failed", "completed"].includes(String(value))) ||
  (element === COMPLETION && value === "completed") ||
  (element === SUCCESS && Boolean(value)) ||
  (element in FULL && completed && Number(value) !== 0);

/** scormxblock.py, get_grade; the weight is 1 by default. */
const gradeOf = (values: Stored) =>
  values["block.success_status"] === "failed" ? 0 : Number(values["block.lesson_score"] ?? 0);

const data = (record: TraineeRecord) =>
  Object.fromEntries(
    Object.entries(record.attempts[record.attempt]).filter(([name]) => !name.startsWith("block.")),
  );

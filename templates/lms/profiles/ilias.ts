// ILIAS, from its sources in ScormAicc: scripts/SCORM1_2standard.js, "since 5.1" (StudOn, a fork of
// ILIAS, 5144bd0), scripts/basisAPI.js of ILIAS 10 (ILIAS-eLearning/ILIAS, 41d9ec5),
// classes/SCORM/class.ilObjSCORMTracking.php (the same, bf9c600). See facts/learning-systems.md.

import {
  CHILDREN,
  CHILDREN_OF_CMI,
  LISTS,
  like,
  MODEL,
  RO,
  RW,
  seconds,
  text,
  WO,
  type Model,
  type Value,
} from "../model.ts";
import { createProfile } from "../profile.ts";
import { number, type Stored } from "../stored.ts";
import type { Profile } from "../profile-contract.ts";
import type { Runtime } from "../runtime.ts";

interface Memory {
  /** Values that the next commit sends. */
  waiting: Map<string, Value>;
  /** Whether there has been a visit in this page. */
  begun: boolean;
}

type Body = { kind: "store"; values: [element: string, value: Value][] };
type IliasRuntime = Runtime<Memory, Body>;

// SCORM1_2standard.js, rx
const identifier = like(/^[!-~]{0,255}$/);
const decimal = like(/^(100(\.0+)?|\d?\d(\.\d+)?)$/);
const score = (value: string) => value === "" || decimal(value);
const timespan = like(/^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/);
const time = like(/^[0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,2})?$/);

/** SCORM1_2standard.js, model: differences from SCORM 1.2. */
const ELEMENTS: Model["elements"] = {
  ...MODEL,
  "cmi.core.lesson_location": { access: RW, takes: text(255) },
  "cmi.core.score.raw": { access: RW, takes: score },
  "cmi.core.score.min": { access: RW, takes: score },
  "cmi.core.score.max": { access: RW, takes: score },
  "cmi.core.session_time": { access: WO, takes: timespan },
  "cmi.core.total_time": { access: RO, initial: "00:00:00" },
  "cmi.core.lesson_status": { ...MODEL["cmi.core.lesson_status"], initial: "not attempted" },
  "cmi.suspend_data": { access: RW, takes: text(4096) },
  "cmi.comments": { access: RW, takes: text(4096) },
  "cmi.objectives.n.id": { access: RW, takes: identifier },
  "cmi.objectives.n.score.raw": { access: RW, takes: score },
  "cmi.objectives.n.score.min": { access: RW, takes: score },
  "cmi.objectives.n.score.max": { access: RW, takes: score },
  "cmi.objectives.n.status": { ...MODEL["cmi.objectives.n.status"], initial: "not attempted" },
  "cmi.student_data.time_limit_action": { access: RO, initial: "continue,no message" },
  "cmi.student_preference.audio": { access: RW, takes: like(/^(-1|100|\d?\d)$/), initial: "0" },
  "cmi.student_preference.speed": { access: RW, takes: like(/^-?(100|\d?\d)$/), initial: "0" },
  "cmi.student_preference.text": { access: RW, takes: like(/^(-1|0|1)$/), initial: "0" },
  "cmi.student_preference.language": { access: RW, takes: text(255) },
  "cmi.interactions.n.id": { access: WO, takes: identifier },
  "cmi.interactions.n.objectives.n.id": { access: WO, takes: identifier },
  "cmi.interactions.n.time": { access: WO, takes: time },
  "cmi.interactions.n.correct_responses.n.pattern": { access: WO, takes: text(255) },
  "cmi.interactions.n.weighting": { access: WO, takes: decimal },
  "cmi.interactions.n.student_response": { access: WO, takes: text(255) },
  "cmi.interactions.n.result": {
    access: WO,
    takes: like(/^(correct|wrong|unanticipated|neutral|-?\d+(\.\d+)?)$/),
  },
  "cmi.interactions.n.latency": { access: WO, takes: timespan },
};

delete ELEMENTS["cmi._version"];

export const profile: Profile<Memory, Body> = createProfile({
  name: "ILIAS",
  product: "ILIAS 5.1 to 10, sources",
  special:
    "Judges every value. A failed commit is not sent again; one that follows a click is " +
    "confirmed blindly, and one while the page goes away is lost. Completed becomes passed or " +
    "failed where the manifest has a mark; a course that was completed may open for review.",
  // ilSAHSEditGUI: auto-review is off and values are checked unless an author changes that.
  settings: { autoReview: false },
  variants: { "with auto-review": { autoReview: true } },

  model: () => ({
    elements: ELEMENTS,
    children: {
      ...CHILDREN,
      cmi: CHILDREN_OF_CMI,
      "cmi.interactions":
        "id,correct_responses,latency,student_response,objectives,result,time,type,weighting",
    },
    lists: LISTS,
  }),
  // SCORM1_2standard.js, LMSSetValue: the type is checked first, the index after the value.
  strings: false,
  types: ["string", "number", "boolean"],
  indexFirst: false,
  // SCORM1_2standard.js, LMSInitialize: LMSFinish ends the visit, and another one may start.
  again: true,
  codes: { unknown: () => "201", beyondRead: "0" },
  diagnostic: (code, last) =>
    code
      ? `no additional info for error code ${code}`
      : `no additional info for last error with error code ${last}`,

  memory: () => ({ waiting: new Map(), begun: false }),
  // SCORM1_2standard.js, LMSInitialize: values set earlier in the page stay.
  begin({ memory, page, values }) {
    if (memory.begun) return;
    memory.begun = true;
    for (const [element, value] of page) values.set(element, value);
  },
  onSet,
  onCommit: commit,
  onFinish: finish,

  launch(record, asked, settings) {
    const values = record.attempts[record.attempt];
    const done =
      settings.autoReview && ["completed", "passed"].includes(values["cmi.core.lesson_status"]);
    const mode = done && asked.mode === "normal" ? "review" : asked.mode;
    const { mastery, launchData } = record.package;
    return {
      mode,
      elements: {
        ...without(values, ["cmi.core.exit", "cmi.core.session_time"]),
        "cmi.core.student_id": asked.learner.id,
        "cmi.core.student_name": asked.learner.name,
        "cmi.core.credit": mode === "normal" ? "credit" : "no-credit",
        "cmi.core.lesson_mode": mode,
        "cmi.core.entry": entryOf(values, done),
        ...(mastery && { "cmi.student_data.mastery_score": mastery }),
        ...(launchData && { "cmi.launch_data": launchData }),
      },
    };
  },
  launched() {},
  // class.ilSCORMPackageParser: the data of a deleted item is deleted, as in every LMS.
  // class.ilObjSCORMTracking.php, storeJsApi: each value is inserted or updated separately.
  receive(record, { body }) {
    Object.assign(record.attempts[record.attempt], Object.fromEntries(body.values));
  },
});

/**
 * basisAPI.js, setValueIntern: each element is stored once per commit. SCORM1_2standard.js,
 * LMSSetValue: the total time is that at launch plus this visit's; without credit, score and status
 * are ignored, and in browse mode everything.
 */
function onSet({ page, values, memory: { waiting } }: IliasRuntime, element: string, value: Value) {
  if (page.get("cmi.core.lesson_mode") === "browse") return;
  if (page.get("cmi.core.credit") !== "credit" && /score|status/.test(element)) {
    const earlier = page.get(element);
    if (earlier === undefined) values.delete(element);
    else values.set(element, earlier);
    return;
  }
  waiting.set(element, value);
  if (element === "cmi.core.session_time") {
    const total = seconds(page.get("cmi.core.total_time")) + seconds(value);
    waiting.set("cmi.core.total_time", formatTime(total));
  }
}

/** SCORM1_2standard.js, LMSFinish */
function finish(rt: IliasRuntime) {
  const told = (element: string) => rt.values.get(element);
  let status = told("cmi.core.lesson_status") ?? "not attempted";
  if (status === "not attempted") status = "completed";
  const raw = number(told("cmi.core.score.raw"));
  const mastery = number(told("cmi.student_data.mastery_score"));
  if (status === "completed" && raw !== null && mastery !== null)
    status = raw < mastery ? "failed" : "passed";
  if (status !== told("cmi.core.lesson_status")) {
    rt.values.set("cmi.core.lesson_status", status);
    rt.memory.waiting.set("cmi.core.lesson_status", status);
  }
  return commit(rt);
}

// components/ILIAS/ScormAicc/scripts/basisAPI.js, useSendBeacon
const BEACON_EVENTS = ["unload", "beforeunload", "click"];

/**
 * basisAPI.js, IliasCommit and sendRequest: pending values are discarded before they are sent.
 * While one of these events is handled, Chromium sends a beacon, and the result is always "ok";
 * otherwise a synchronous request, which browsers deny in pagehide.
 */
function commit({ memory, transport }: IliasRuntime) {
  if (!memory.waiting.size) return true;
  const body: Body = { kind: "store", values: [...memory.waiting] };
  memory.waiting.clear();
  if (BEACON_EVENTS.includes(transport.handling())) {
    transport.beacon(body);
    return true;
  }
  try {
    return transport.sync(body);
  } catch {
    return false;
  }
}

/** SCORM1_2standard.js, LMSInitialize */
function entryOf(values: Stored, reviewed: boolean) {
  if (reviewed) return "";
  if (values["cmi.core.exit"] === "suspend") return "resume";
  return Object.keys(values).length ? "" : "ab-initio";
}

const without = (values: Stored, names: string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

/** SCORM1_2standard.js, hsec2timestr */
function formatTime(total: number) {
  const hundredths = Math.round(total * 100);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const hours = Math.min(hundredths / 360000, 9999);
  const rest = hundredths % 100 ? `.${two(hundredths % 100)}` : "";
  return `${two(hours)}:${two((hundredths / 6000) % 60)}:${two((hundredths / 100) % 60)}${rest}`;
}

// SCORM 1.2's data model (facts/scorm-1.2.md#data-model): every element, its access and format.
// Profiles copy it and change it for their LMS.

/** An element's value in the LMS's page: mostly text, but some LMSs store numbers. */
export type Value = string | number;

/** An error code of SCORM 1.2 or of an LMS; "0" for none. */
export type Code = string;

export interface Row {
  /** Read-only, read and write, or write-only. */
  access: "ro" | "rw" | "wo";
  /**
   * Whether a value is accepted; `values` are those of the run-time. Read-only elements accept
   * none.
   */
  takes?(value: string, element: string, values: ReadonlyMap<string, Value>): boolean;
  /** The value to store for an accepted one; by default the value itself. */
  keep?(value: string, old?: Value): Value;
  /** The value before the first one is set. */
  initial?: Value;
  /** Error code of reading a write-only element, if the LMS has one of its own. */
  unread?: Code;
}

export interface Model {
  /** By name, with "n" for an index. */
  elements: { [general: string]: Row };
  /** The value of `_children`. */
  children: { [general: string]: string };
  /** Lists with a `_count`. */
  lists: string[];
}

type Takes = (value: string) => boolean;

export const RO = "ro";
export const RW = "rw";
export const WO = "wo";

export const text =
  (most: number): Takes =>
  (value) =>
    value.length <= most;
export const like =
  (pattern: RegExp): Takes =>
  (value) =>
    pattern.test(value);
export const oneOf: (...words: string[]) => Takes =
  (...words) =>
  (value) =>
    words.includes(value);
const between =
  (low: number, high: number): Takes =>
  (value) =>
    /^-?\d+$/.test(value) && Number(value) >= low && Number(value) <= high;

// 2.4: data types.
const identifier = like(/^[A-Za-z0-9_-]{1,255}$/);
const decimal = like(/^[+-]?(\d+(\.\d+)?|\.\d+)$/);
export const score: Takes = (value) =>
  value === "" || (decimal(value) && Number(value) >= 0 && Number(value) <= 100);
export const timespan = like(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
export const time = like(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);

const letters = "[a-z0-9](,[a-z0-9])*";
const pairs = "[a-z0-9]\\.[a-z0-9](,[a-z0-9]\\.[a-z0-9])*";
const short =
  (pattern: RegExp): Takes =>
  (value) =>
    value.length <= 255 && pattern.test(value);
const whole = (inside: string): Takes => short(RegExp(`^${inside}$`));
const braced = (inside: string): Takes => short(RegExp(`^(${inside}|\\{${inside}\\})$`));
const number = short(/^[+-]?(\d+(\.\d+)?|\.\d+)$/);

/** 2.6: formats of student_response and of patterns. */
const FORMATS: { [type: string]: [response: Takes, pattern: Takes] } = {
  "true-false": [whole("[tf01]"), whole("[tf01]")],
  choice: [whole(letters), braced(letters)],
  "fill-in": [text(255), text(255)],
  matching: [whole(pairs), braced(pairs)],
  sequencing: [whole(letters), whole(letters)],
  performance: [text(255), text(255)],
  likert: [whole("[a-z0-9]?"), whole("")],
  numeric: [number, number],
};

/** Whether a response or pattern fits the type of its interaction, which must be set first. */
const ofItsType =
  (at: 0 | 1): NonNullable<Row["takes"]> =>
  (value, element, values) => {
    const interaction = element.split(".").slice(0, 3).join(".");
    return Boolean(FORMATS[String(values.get(`${interaction}.type`))]?.[at](value));
  };

const STATUS = ["passed", "completed", "failed", "incomplete", "browsed"];

/** 2.5: every element, with "n" for an index. */
export const MODEL: Model["elements"] = {
  "cmi._version": { access: RO, initial: "3.4" },
  "cmi.core.student_id": { access: RO },
  "cmi.core.student_name": { access: RO },
  "cmi.core.lesson_location": { access: RW, takes: text(255) },
  "cmi.core.credit": { access: RO },
  "cmi.core.lesson_status": { access: RW, takes: oneOf(...STATUS) },
  "cmi.core.entry": { access: RO },
  "cmi.core.score.raw": { access: RW, takes: score },
  "cmi.core.score.min": { access: RW, takes: score },
  "cmi.core.score.max": { access: RW, takes: score },
  "cmi.core.total_time": { access: RO },
  "cmi.core.lesson_mode": { access: RO },
  "cmi.core.exit": { access: WO, takes: oneOf("time-out", "suspend", "logout", "") },
  "cmi.core.session_time": { access: WO, takes: timespan },
  // Printable ASCII, as the course promises and ILIAS requires.
  "cmi.suspend_data": { access: RW, takes: like(/^[ -~]{0,4096}$/) },
  "cmi.launch_data": { access: RO },
  "cmi.comments": { access: RW, takes: text(4096) },
  "cmi.comments_from_lms": { access: RO },
  "cmi.objectives.n.id": { access: RW, takes: identifier },
  "cmi.objectives.n.score.raw": { access: RW, takes: score },
  "cmi.objectives.n.score.min": { access: RW, takes: score },
  "cmi.objectives.n.score.max": { access: RW, takes: score },
  "cmi.objectives.n.status": { access: RW, takes: oneOf(...STATUS, "not attempted") },
  "cmi.student_data.mastery_score": { access: RO },
  "cmi.student_data.max_time_allowed": { access: RO },
  "cmi.student_data.time_limit_action": { access: RO },
  "cmi.student_preference.audio": { access: RW, takes: between(-1, 100) },
  "cmi.student_preference.speed": { access: RW, takes: between(-100, 100) },
  "cmi.student_preference.text": { access: RW, takes: between(-1, 1) },
  "cmi.student_preference.language": { access: RW, takes: text(255) },
  "cmi.interactions.n.id": { access: WO, takes: identifier },
  "cmi.interactions.n.objectives.n.id": { access: WO, takes: identifier },
  "cmi.interactions.n.time": { access: WO, takes: time },
  "cmi.interactions.n.type": { access: WO, takes: oneOf(...Object.keys(FORMATS)) },
  "cmi.interactions.n.correct_responses.n.pattern": { access: WO, takes: ofItsType(1) },
  "cmi.interactions.n.weighting": { access: WO, takes: decimal },
  "cmi.interactions.n.student_response": { access: WO, takes: ofItsType(0) },
  "cmi.interactions.n.result": {
    access: WO,
    takes: (value) =>
      ["correct", "wrong", "unanticipated", "neutral"].includes(value) || decimal(value),
  },
  "cmi.interactions.n.latency": { access: WO, takes: timespan },
};

/** The values of `_children`. */
export const CHILDREN: Model["children"] = {
  "cmi.core":
    "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time," +
    "lesson_mode,exit,session_time",
  "cmi.core.score": "raw,min,max",
  "cmi.objectives": "id,score,status",
  "cmi.objectives.n.score": "raw,min,max",
  "cmi.student_data": "mastery_score,max_time_allowed,time_limit_action",
  "cmi.student_preference": "audio,language,speed,text",
  "cmi.interactions":
    "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
};

/** `cmi._children` in many LMSs, which is not in SCORM 1.2. */
export const CHILDREN_OF_CMI =
  "core,suspend_data,launch_data,comments,objectives,student_data,student_preference,interactions";

/** Lists with a `_count`. */
export const LISTS = [
  "cmi.objectives",
  "cmi.interactions",
  "cmi.interactions.n.objectives",
  "cmi.interactions.n.correct_responses",
];

/** 2.3: texts of LMSGetErrorString. */
export const ERRORS: { [code: Code]: string } = {
  0: "No error",
  101: "General exception",
  201: "Invalid argument error",
  202: "Element cannot have children",
  203: "Element not an array - cannot have count",
  301: "Not initialized",
  401: "Not implemented error",
  402: "Invalid set value, element is a keyword",
  403: "Element is read only",
  404: "Element is write only",
  405: "Incorrect Data Type",
};

/** An element's name in the model: "cmi.interactions.n.id" for "cmi.interactions.12.id". */
export const general = (element: string) => element.replace(/\.\d+(?=\.)/g, ".n");

/** The seconds of a CMITimespan; 0 if it is not one. */
export function seconds(span: unknown) {
  const parts = /^(\d{1,4}):(\d\d):(\d\d(?:\.\d{1,2})?)$/.exec(String(span ?? ""));
  return parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]) : 0;
}

/** Formats seconds as a CMITimespan, `0000:00:00.00`. */
export function span(total: number) {
  const cents = Math.round(total * 100);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return [
    String(Math.floor(cents / 360000)).padStart(4, "0"),
    two((cents / 6000) % 60),
    `${two((cents / 100) % 60)}.${two(cents % 100)}`,
  ].join(":");
}

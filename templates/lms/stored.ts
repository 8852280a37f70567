// What SCORM 1.2 says of data that reached a server, and what profiles read of it.

import { seconds, span } from "./model.js";

/** @import {DataMessage, Elements, Stored, TraineeRecord} from "./types" */

const STATUS = "cmi.core.lesson_status";
const READ_ONLY = RegExp(
  "^cmi\\.(core\\.(student_id|student_name|credit|entry|lesson_mode|total_time)|" +
    "student_data\\.|launch_data$)",
);

/**
 * 2.7: what cmi.core.entry says at the next launch.
 *
 * @param {Stored} values
 */
export function entry(values) {
  if (!Object.keys(values).length) return "ab-initio";
  return values["cmi.core.exit"] === "suspend" ? "resume" : "";
}

/**
 * Stores what arrived in the current attempt. `judges(status)` says whether a mastery score decides
 * at the end where this is the status.
 *
 * @param {TraineeRecord} record
 * @param {Pick<DataMessage<{kind: string, values: Elements}>, "body" | "mode" | "credit">} message
 * @param {(status: string) => boolean} [judges]
 */
export function store(record, { body, mode, credit }, judges = () => true) {
  const values = record.attempts[record.attempt];
  const earlier = { ...values };
  for (const [element, value] of Object.entries(body.values)) values[element] = String(value);
  for (const element of Object.keys(values)) {
    // 2.7: without credit, score and status are not recorded.
    if (credit !== "credit" && /^cmi\.core\.(lesson_status|score\.)/.test(element))
      keepEarlier(values, earlier, element);
    if (READ_ONLY.test(element)) keepEarlier(values, earlier, element);
  }
  if (body.kind !== "finish") return;
  if (credit === "credit") credited(values, record.package.mastery, judges);
  else if (mode === "browse" && (values[STATUS] ?? "not attempted") === "not attempted")
    values[STATUS] = "browsed";
  addTime(values);
}

/**
 * 2.7: the status at the end of a visit with credit.
 *
 * @param {Stored} values
 * @param {string} mark
 * @param {(status: string) => boolean} judges
 */
function credited(values, mark, judges) {
  const status = values[STATUS] ?? "not attempted";
  const [raw, mastery] = [number(values["cmi.core.score.raw"]), number(mark)];
  if (status === "not attempted") values[STATUS] = "completed";
  if (mastery !== null && raw !== null && judges(status))
    values[STATUS] = raw >= mastery ? "passed" : "failed";
}

/** @param {Stored} values */
function addTime(values) {
  values["cmi.core.total_time"] = span(
    seconds(values["cmi.core.total_time"]) + seconds(values["cmi.core.session_time"]),
  );
  delete values["cmi.core.session_time"];
}

/**
 * @param {Stored} values
 * @param {Stored} earlier
 * @param {string} element
 */
function keepEarlier(values, earlier, element) {
  if (element in earlier) values[element] = earlier[element];
  else delete values[element];
}

/**
 * A number or its text as a number, null where there is none.
 *
 * @param {unknown} value
 */
export function number(value) {
  if (value === undefined || value === null || value === "") return null;
  return Number.isFinite(Number(value)) ? Number(value) : null;
}

/**
 * Everything that is held of the trainee goes.
 *
 * @param {TraineeRecord} record
 */
export function forget(record) {
  record.attempt = 1;
  record.attempts = { 1: {} };
  record.grade = null;
}

/**
 * The members of a list in the order of their indexes: leaf → value. Takes `list.0.leaf` and
 * Moodle's `list_0.leaf`.
 *
 * @param {Elements} values
 * @param {string} list
 */
export function listed(values, list) {
  /** @type {Map<number, Stored>} */
  const members = new Map();
  for (const [element, value] of Object.entries(values)) {
    const name = element.replace(/_(\d+)(?=\.)/g, ".$1");
    if (!name.startsWith(`${list}.`)) continue;
    const [, index, leaf] = /^(\d+)\.(.+)$/.exec(name.slice(list.length + 1)) ?? [];
    if (index) members.set(Number(index), { ...members.get(Number(index)), [leaf]: String(value) });
  }
  return [...members].sort(([one], [other]) => one - other).map(([, member]) => member);
}

// Types and rules of SCORM 1.2 for data that has reached a server.

import { seconds, span, type Value } from "./model.ts";
import type { Means } from "./transport.ts";

/** Element → value, as an LMS prints them into its page. */
export type Elements = { [element: string]: Value };

/** Element, by its standard name or the LMS's own → stored value. */
export type Stored = { [element: string]: string };

export interface Learner {
  id: string;
  /** "Last, First". */
  name: string;
}

/** What an LMS reads from a manifest; "" if missing. */
export interface Package {
  /** Identifier of the item that is launched. */
  item: string;
  mastery: string;
  launchData: string;
}

/** What an LMS stores about one trainee. A profile may add fields. */
export interface TraineeRecord {
  package: Package;
  /** Number of the attempt that counts. */
  attempt: number;
  attempts: { [number: string]: Stored };
  /** The grade in the gradebook, unless it is computed from an attempt. */
  grade: number | null;
}

/**
 * A package was uploaded, or has replaced the previous one. The same files again cause no message.
 */
export interface PackageMessage extends Package {
  type: "package";
  /** A hash of its files. */
  version?: string;
}

/** The trainee already has this data. */
export interface HeldMessage {
  type: "held";
  values: Stored;
}

/** The trainee has opened the course. */
export interface LaunchMessage {
  type: "launch";
  mode: string;
  credit?: string;
  /** "new" for a new attempt. */
  attempt: string;
  learner: Learner;
}

/** The browser has shown the page of an earlier launch again; the LMS does not notice. */
export interface CopyMessage {
  type: "copy";
}

/** The run-time has sent data. */
export interface DataMessage<Body = unknown> {
  type: "data";
  /** Number of the launch, from 1. */
  launch: number;
  /** The attempt for which the page was printed. */
  attempt?: number;
  mode: string;
  credit: string;
  means: Means;
  body: Body;
  /** Number of the page that sent it. */
  page?: number;
}

/** What has reached the server, in order of arrival. */
export type Message = PackageMessage | HeldMessage | LaunchMessage | CopyMessage | DataMessage;

const STATUS = "cmi.core.lesson_status";
const READ_ONLY = RegExp(
  "^cmi\\.(core\\.(student_id|student_name|credit|entry|lesson_mode|total_time)|" +
    "student_data\\.|launch_data$)",
);

/** 2.7: cmi.core.entry at the next launch. */
export function entry(values: Stored) {
  if (!Object.keys(values).length) return "ab-initio";
  return values["cmi.core.exit"] === "suspend" ? "resume" : "";
}

/**
 * Stores data in the current attempt. `judges(status)` is whether a mastery score changes this
 * status at the end.
 */
export function store(
  record: TraineeRecord,
  {
    body,
    mode,
    credit,
  }: Pick<DataMessage<{ kind: string; values: Elements }>, "body" | "mode" | "credit">,
  judges: (status: string) => boolean = () => true,
) {
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
  if (credit === "credit") setFinalStatus(values, record.package.mastery, judges);
  else if (mode === "browse" && (values[STATUS] ?? "not attempted") === "not attempted")
    values[STATUS] = "browsed";
  addTime(values);
}

/** 2.7: the status at the end of a visit with credit. */
function setFinalStatus(values: Stored, mark: string, judges: (status: string) => boolean) {
  const status = values[STATUS] ?? "not attempted";
  const [raw, mastery] = [number(values["cmi.core.score.raw"]), number(mark)];
  if (status === "not attempted") values[STATUS] = "completed";
  if (mastery !== null && raw !== null && judges(status))
    values[STATUS] = raw >= mastery ? "passed" : "failed";
}

function addTime(values: Stored) {
  values["cmi.core.total_time"] = span(
    seconds(values["cmi.core.total_time"]) + seconds(values["cmi.core.session_time"]),
  );
  delete values["cmi.core.session_time"];
}

function keepEarlier(values: Stored, earlier: Stored, element: string) {
  if (element in earlier) values[element] = earlier[element];
  else delete values[element];
}

/** Converts a number or its text; null if it is not a number. */
export function number(value: unknown) {
  if (value === undefined || value === null || value === "") return null;
  return Number.isFinite(Number(value)) ? Number(value) : null;
}

/** Deletes everything that is stored about the trainee. */
export function forget(record: TraineeRecord) {
  record.attempt = 1;
  record.attempts = { 1: {} };
  record.grade = null;
}

/**
 * The members of a list in the order of their indexes, each as leaf → value. Accepts `list.0.leaf`
 * and Moodle's `list_0.leaf`.
 */
export function listed(values: Elements, list: string) {
  const members = new Map<number, Stored>();
  for (const [element, value] of Object.entries(values)) {
    const name = element.replace(/_(\d+)(?=\.)/g, ".$1");
    if (!name.startsWith(`${list}.`)) continue;
    const [, index, leaf] = /^(\d+)\.(.+)$/.exec(name.slice(list.length + 1)) ?? [];
    if (index) members.set(Number(index), { ...members.get(Number(index)), [leaf]: String(value) });
  }
  return [...members].sort(([one], [other]) => one - other).map(([, member]) => member);
}

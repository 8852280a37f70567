// What SCORM 1.2 says of data that reached a server, and what profiles read of it.

import { seconds, span, type Value } from "./model.ts";
import type { Means } from "./transport.ts";

/** Element → value, as an LMS prints them into its page. */
export type Elements = { [element: string]: Value };

/** Element, or an LMS's own name of one → what is stored. */
export type Stored = { [element: string]: string };

export interface Learner {
  id: string;
  /** "Last, First". */
  name: string;
}

/** What an LMS takes from a manifest, "" where it has none. */
export interface Package {
  /** The identifier of the item that is launched. */
  item: string;
  mastery: string;
  launchData: string;
}

/** What an LMS stores of one trainee. A profile may keep more in it. */
export interface TraineeRecord {
  package: Package;
  /** The number of the attempt that counts. */
  attempt: number;
  attempts: { [number: string]: Stored };
  /** What the gradebook has, where that is not read off an attempt. */
  grade: number | null;
}

/** A course was uploaded, or replaced the one before; the same files again are no message. */
export interface PackageMessage extends Package {
  type: "package";
  /** A hash of its files. */
  version?: string;
}

/** The trainee has this already. */
export interface HeldMessage {
  type: "held";
  values: Stored;
}

/** The trainee opened the course. */
export interface LaunchMessage {
  type: "launch";
  mode: string;
  credit?: string;
  /** "new" for a new attempt. */
  attempt: string;
  learner: Learner;
}

/** The browser showed the page of an earlier launch again: the LMS heard nothing of it. */
export interface CopyMessage {
  type: "copy";
}

/** The run-time sent something. */
export interface DataMessage<Body = unknown> {
  type: "data";
  /** The number of the launch, from 1. */
  launch: number;
  /** The attempt that the page was printed for. */
  attempt?: number;
  mode: string;
  credit: string;
  means: Means;
  body: Body;
  /** The number of the page that sent it. */
  page?: number;
}

/** What reached the server, in the order of arrival. */
export type Message = PackageMessage | HeldMessage | LaunchMessage | CopyMessage | DataMessage;

const STATUS = "cmi.core.lesson_status";
const READ_ONLY = RegExp(
  "^cmi\\.(core\\.(student_id|student_name|credit|entry|lesson_mode|total_time)|" +
    "student_data\\.|launch_data$)",
);

/** 2.7: what cmi.core.entry says at the next launch. */
export function entry(values: Stored) {
  if (!Object.keys(values).length) return "ab-initio";
  return values["cmi.core.exit"] === "suspend" ? "resume" : "";
}

/**
 * Stores what arrived in the current attempt. `judges(status)` says whether a mastery score decides
 * at the end where this is the status.
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
  if (credit === "credit") credited(values, record.package.mastery, judges);
  else if (mode === "browse" && (values[STATUS] ?? "not attempted") === "not attempted")
    values[STATUS] = "browsed";
  addTime(values);
}

/** 2.7: the status at the end of a visit with credit. */
function credited(values: Stored, mark: string, judges: (status: string) => boolean) {
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

/** A number or its text as a number, null where there is none. */
export function number(value: unknown) {
  if (value === undefined || value === null || value === "") return null;
  return Number.isFinite(Number(value)) ? Number(value) : null;
}

/** Everything that is held of the trainee goes. */
export function forget(record: TraineeRecord) {
  record.attempt = 1;
  record.attempts = { 1: {} };
  record.grade = null;
}

/**
 * The members of a list in the order of their indexes: leaf → value. Takes `list.0.leaf` and
 * Moodle's `list_0.leaf`.
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

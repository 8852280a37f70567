// A launch: what the server hears of it, and what the LMS prints into its page for it.

import { fold, summary } from "./record.ts";
import type { Faults } from "./faults.ts";
import type { Course } from "./manifest.ts";
import type { Asked, Profile, Settings } from "./profile-contract.ts";
import type { Elements, LaunchMessage, Message, PackageMessage, TraineeRecord } from "./stored.ts";

/** A visit, as the fragment of the simulator's address has it. */
export interface Visit extends Asked {
  /** As in profiles.ts. */
  profile: string;
  settings: Settings;
  /** "new" for a new attempt. */
  attempt: string;
  /** Printed at launch over what the profile prints. */
  given: Elements;
  /** A popup as the LMS has it; "window": this page in a window of its own, with an opener. */
  window: "frame" | "popup" | "window";
  /** Frames between this page and the course, 0 to 7. */
  levels: number;
  /** The origin of the outermost of these, "" for our own. */
  foreign: string;
  /** Milliseconds until the API is there; negative: there is none. */
  api: number;
  /** The frame's sandbox attribute, where it has one. */
  sandbox: string | null;
  /** The launch file and what follows it, where the manifest's is not wanted. */
  href: string;
}

/** What the server prints into the simulator's page (builder/preview/lms/server.py). */
export interface Printed {
  /** The number of the page. */
  page: number;
  /** Of the package. */
  version: string;
  messages: Message[];
  faults: Faults;
  /** The address of the package. */
  place: string;
}

export interface Opened {
  /** From 1, as the server counts. */
  number: number;
  /** What the LMS held then. */
  record: TraineeRecord;
  /** Element → value, as printed. */
  page: Elements;
  mode: string;
  credit: string;
}

/**
 * What the server printed into this page, which a browser may show again when a trainee goes back.
 */
export function readPrinted() {
  const text = document.getElementById("printed")?.textContent ?? "";
  return JSON.parse(text) as Printed;
}

/** Tells the server of the package, where it is new, and of the trainee who opens it. */
export async function launch(
  visit: Visit,
  profile: Profile,
  settings: Settings,
  course: Course,
  printed: Printed,
): Promise<Opened> {
  const { version } = printed;
  const messages = [...printed.messages];
  const uploads = messages.filter((message) => message.type === "package");
  if (uploads.at(-1)?.version !== version) {
    const { item, mastery, launchData } = course;
    const uploaded: PackageMessage = { type: "package", item, mastery, launchData, version };
    messages.push(uploaded);
    await send({ ...uploaded, page: printed.page });
  }
  const { mode, attempt, learner } = visit;
  const opened: LaunchMessage = { type: "launch", mode, attempt, learner };
  const record = fold(profile, settings, [...messages, opened]);
  const given = profile.launch(record, visit, settings);
  const page = { ...given.elements, ...visit.given };
  opened.mode = String(page["cmi.core.lesson_mode"] || given.mode);
  opened.credit = String(page["cmi.core.credit"] ?? "");
  const { number } = await (await send({ ...opened, page: printed.page })).json();
  return { number, record, page, mode: opened.mode, credit: opened.credit };
}

const send = (message: Message & { page: number }) =>
  fetch("messages", { method: "POST", body: JSON.stringify(message) });

/** What the LMS holds now, by all that its server has heard. */
export async function heldNow(profile: Profile, settings: Settings) {
  const { messages } = await (await fetch("state")).json();
  return summary(profile, fold(profile, settings, messages), settings);
}

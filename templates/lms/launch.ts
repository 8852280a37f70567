// A launch: what is reported to the server, and what the LMS prints into its page.

import { fold, summary } from "./record.ts";
import type { Faults } from "./faults.ts";
import type { Course } from "./manifest.ts";
import type { Asked, Profile, Settings } from "./profile-contract.ts";
import type { Elements, LaunchMessage, Message, PackageMessage, TraineeRecord } from "./stored.ts";

/** A visit, as in the fragment of the simulator's address. */
export interface Visit extends Asked {
  /** As in profiles.ts. */
  profile: string;
  settings: Settings;
  /** "new" for a new attempt. */
  attempt: string;
  /** Values printed at launch, in addition to or in place of the profile's. */
  given: Elements;
  /** "popup": as the LMS opens it; "window": this page in a window of its own, with an opener. */
  window: "frame" | "popup" | "window";
  /** Number of frames between this page and the course, 0 to 7. */
  levels: number;
  /** Origin of the outermost of these frames; "" for our own. */
  foreign: string;
  /** Ms until the API exists; negative for never. */
  api: number;
  /** The frame's sandbox attribute; null for none. */
  sandbox: string | null;
  /** Launch file with query and fragment, in place of the manifest's. */
  href: string;
}

/** What the server prints into the simulator's page (builder/preview/lms/server.py). */
export interface Printed {
  /** Number of the page. */
  page: number;
  /** Version of the package. */
  version: string;
  messages: Message[];
  faults: Faults;
  /** Address of the package. */
  place: string;
  /** The item that is opened; undefined for the first item of the manifest. */
  course?: Course;
}

export interface Opened {
  /** Number of the launch, from 1, as the server counts. */
  number: number;
  /** The data in the LMS at launch. */
  record: TraineeRecord;
  /** Element → value, as printed. */
  page: Elements;
  mode: string;
  credit: string;
}

/**
 * What the server printed into this page. After Back, the browser may show a page that was printed
 * earlier.
 */
export function readPrinted() {
  const text = document.getElementById("printed")?.textContent ?? "";
  return JSON.parse(text) as Printed;
}

/** Reports the package, if it is new, and the launch to the server. */
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

/** The data in the LMS now, computed from everything that has reached its server. */
export async function heldNow(profile: Profile, settings: Settings) {
  const { messages } = await (await fetch("state")).json();
  return summary(profile, fold(profile, settings, messages), settings);
}

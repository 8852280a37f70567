// The trainees that the author can choose.

import { readManifest } from "../lms/manifest.ts";
import { earlierVisit } from "./earlier-visit.ts";
import { el, select } from "./element.ts";
import type { Message, PackageMessage, Stored } from "../lms/stored.ts";
import type { Desk } from "./desk.ts";
import type { Learning } from "./systems.ts";

/** What a trainee's course has set in the learning system. */
export interface Trainee {
  name: string;
  values: Stored;
}

const TRAINEES: Record<string, string> = {
  new: "New",
  "half-way": "Half-way",
  finished: "Finished",
  failed: "Failed",
  review: "Finished, looking back",
  browse: "Teacher, looking round",
};
/** The trainee who is there when the window opens. */
const HERE = "here";
/** Trainees without data in the learning system. */
const UNKNOWN = ["new", HERE, "browse"];

const choice = () => select("trainee");

export function offerTrainees() {
  for (const [value, words] of Object.entries(TRAINEES)) {
    choice().append(el("option", { value }, words));
  }
}

/** Another window or an earlier run has left a trainee. */
export function chooseWhoIsHere() {
  choice().prepend(el("option", { value: HERE }, "The one who is here"));
  choice().value = HERE;
}

/** Removes the choice of the earlier trainee. */
export function forgetWhoWasHere() {
  if (choice().value === HERE) choice().value = "new";
  choice().querySelector(`[value=${HERE}]`)?.remove();
}

/** The mode in which the course is opened. */
export function chosenMode() {
  const { value } = choice();
  return value === "review" || value === "browse" ? value : "normal";
}

/**
 * The data in the learning system about the chosen trainee; null if this course cannot have such a
 * trainee.
 */
export async function earlierMessages(
  { server, view }: Desk,
  learning: Learning,
): Promise<Message[] | null> {
  const wanted = choice().value;
  if (UNKNOWN.includes(wanted)) return [];
  const trainees: Record<string, Trainee | null> = await server.get("trainees");
  const values = trainees[wanted === "review" ? "finished" : wanted];
  if (!values) return null;
  const { item, mastery, launchData } = await readManifest();
  const uploaded: PackageMessage = {
    type: "package",
    item,
    mastery,
    launchData,
    version: view?.uploaded,
  };
  return earlierVisit(learning, uploaded, values);
}

/** Chooses a new trainee instead; returns why the chosen one is impossible. */
export function nobody() {
  const wanted = choice().value;
  const why =
    wanted === "failed"
      ? "its quizzes can be taken again and again, or nothing is scored"
      : "it has too little to do";
  choice().value = "new";
  return `Nobody can be “${TRAINEES[wanted]}” in this course: ${why}.`;
}

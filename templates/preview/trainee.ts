// The trainees that the author can be.

import { readManifest } from "../lms/manifest.ts";
import { earlierVisit } from "./earlier-visit.ts";
import { el, select } from "./element.ts";
import type { Message, PackageMessage, Stored } from "../lms/stored.ts";
import type { Desk } from "./desk.ts";
import type { Learning } from "./systems.ts";

/** What a trainee told the learning system, and how far that is. */
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
/** Who is there when the window opens. */
const HERE = "here";
/** Whom the learning system knows nothing of. */
const UNKNOWN = ["new", HERE, "browse"];

const choice = () => select("trainee");

export function offerTrainees() {
  for (const [value, words] of Object.entries(TRAINEES)) {
    choice().append(el("option", { value }, words));
  }
}

/** Another window, or the run before, has left a trainee here. */
export function chooseWhoIsHere() {
  choice().prepend(el("option", { value: HERE }, "The one who is here"));
  choice().value = HERE;
}

/** Whoever was here is gone. */
export function forgetWhoWasHere() {
  if (choice().value === HERE) choice().value = "new";
  choice().querySelector(`[value=${HERE}]`)?.remove();
}

/** How the course is opened. */
export function chosenMode() {
  const { value } = choice();
  return value === "review" || value === "browse" ? value : "normal";
}

/**
 * What the learning system has of the trainee that is chosen; null where nobody can be so, and then
 * a new one is chosen.
 */
export async function earlierMessages(
  { server, view }: Desk,
  learning: Learning,
): Promise<Message[] | null> {
  const wanted = choice().value;
  if (UNKNOWN.includes(wanted)) return [];
  const trainees: Record<string, Trainee | null> = await server.get("trainees");
  const told = trainees[wanted === "review" ? "finished" : wanted];
  if (!told) return null;
  const { item, mastery, launchData } = await readManifest();
  const uploaded: PackageMessage = {
    type: "package",
    item,
    mastery,
    launchData,
    version: view?.uploaded,
  };
  return earlierVisit(learning, uploaded, told);
}

/** Nobody can be as it was wanted: a new trainee is chosen. Gives why. */
export function nobody() {
  const wanted = choice().value;
  const why =
    wanted === "failed"
      ? "its quizzes can be taken again and again, or nothing is scored"
      : "it has too little to do";
  choice().value = "new";
  return `Nobody can be “${TRAINEES[wanted]}” in this course: ${why}.`;
}

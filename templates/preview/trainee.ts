// The trainees that the author can be.

import { readManifest } from "../lms/manifest.js";
import { earlierVisit } from "./earlier-visit.js";
import { el, select } from "./element.js";

/** @import {Desk, Learning, Message, PackageMessage, Trainee} from "./types" */

/** @type {Record<string, string>} */
const TRAINEES = {
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
 *
 * @param {Desk} desk
 * @param {Learning} learning
 * @returns {Promise<Message[] | null>}
 */
export async function earlierMessages({ server, view }, learning) {
  const wanted = choice().value;
  if (UNKNOWN.includes(wanted)) return [];
  /** @type {Record<string, Trainee | null>} */
  const trainees = await server.get("trainees");
  const told = trainees[wanted === "review" ? "finished" : wanted];
  if (!told) return null;
  const { item, mastery, launchData } = await readManifest();
  /** @type {PackageMessage} */
  const uploaded = { type: "package", item, mastery, launchData, version: view?.uploaded };
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

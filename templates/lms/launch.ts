// A launch: what the server hears of it, and what the LMS prints into its page for it.

import { fold, summary } from "./record.js";

/**
 * @import {Elements, LaunchMessage, Message, PackageMessage, Printed, Profile, Settings,
 *   TraineeRecord, Visit} from "./types"
 * @import {Course} from "./manifest"
 */

/**
 * @typedef Opened
 * @property {number} number From 1, as the server counts.
 * @property {TraineeRecord} record What the LMS held then.
 * @property {Elements} page Element → value, as printed.
 * @property {string} mode
 * @property {string} credit
 */

/**
 * What the server printed into this page, which a browser may show again when a trainee goes back.
 */
export function readPrinted() {
  const text = document.getElementById("printed")?.textContent ?? "";
  return /** @type {Printed} */ (JSON.parse(text));
}

/**
 * Tells the server of the package, where it is new, and of the trainee who opens it.
 *
 * @param {Visit} visit
 * @param {Profile} profile
 * @param {Settings} settings
 * @param {Course} course
 * @param {Printed} printed
 * @returns {Promise<Opened>}
 */
export async function launch(visit, profile, settings, course, printed) {
  const { version } = printed;
  const messages = [...printed.messages];
  const uploads = messages.filter((message) => message.type === "package");
  if (uploads.at(-1)?.version !== version) {
    const { item, mastery, launchData } = course;
    /** @type {PackageMessage} */
    const uploaded = { type: "package", item, mastery, launchData, version };
    messages.push(uploaded);
    await send({ ...uploaded, page: printed.page });
  }
  const { mode, attempt, learner } = visit;
  /** @type {LaunchMessage} */
  const opened = { type: "launch", mode, attempt, learner };
  const record = fold(profile, settings, [...messages, opened]);
  const given = profile.launch(record, visit, settings);
  const page = { ...given.elements, ...visit.given };
  opened.mode = String(page["cmi.core.lesson_mode"] || given.mode);
  opened.credit = String(page["cmi.core.credit"] ?? "");
  const { number } = await (await send({ ...opened, page: printed.page })).json();
  return { number, record, page, mode: opened.mode, credit: opened.credit };
}

/** @param {Message & {page: number}} message */
const send = (message) => fetch("messages", { method: "POST", body: JSON.stringify(message) });

/**
 * What the LMS holds now, by all that its server has heard.
 *
 * @param {Profile} profile
 * @param {Settings} settings
 */
export async function heldNow(profile, settings) {
  const { messages } = await (await fetch("state")).json();
  return summary(profile, fold(profile, settings, messages), settings);
}

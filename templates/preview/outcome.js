// What an LMS makes of what it holds, in sentences: no more than its profile and its record say.

import { fold, summary } from "../lms/record.js";

/** @import {Launched, Learning, Message, Outcome, Summary, TrackingRules} from "./types" */

/** What SCORM 1.2 calls a status, and what that means. @type {Record<string, string>} */
const STATUSES = {
  "": "nothing yet",
  "not attempted": "not attempted: not opened yet, or told nothing",
  incomplete: "incomplete: not finished yet",
  browsed: "browsed: looked at only",
  failed: "failed: not passed",
  completed: "completed",
  passed: "passed",
};

/** @param {string} status */
export const statusWords = (status) => STATUSES[status] ?? status;

/**
 * What an LMS holds of its trainee.
 *
 * @param {Pick<Learning, "profile" | "settings">} learning
 * @param {Message[]} messages
 * @returns {Summary}
 */
export function held({ profile, settings }, messages) {
  const record = fold(profile, settings, messages);
  return summary(profile, record, settings);
}

/**
 * What the LMS would do now.
 *
 * @param {Learning} learning
 * @param {Message[]} messages
 * @param {TrackingRules} tracking
 * @returns {Outcome[]}
 */
export function outcomes({ profile, settings, learner }, messages, tracking) {
  const record = fold(profile, settings, messages);
  const { status, grade } = summary(profile, record, settings);
  const wanted = tracking.report === "completed" ? "completed" : "passed";
  const done = status === wanted || (wanted === "completed" && status === "passed");
  const asks =
    profile.name === "Moodle"
      ? "The activity’s completion asks for"
      : "A rule of completion that asks for";
  return [
    {
      met: done,
      words: `${asks} “${wanted}”: ${done ? "done" : status === "failed" ? "failed" : "not yet"}.`,
    },
    {
      met: grade !== null,
      words: grade === null ? "No grade yet." : `The grade is ${grade}.`,
    },
    nextVisit(profile.launch(record, { mode: "normal", learner }, settings)),
  ];
}

/** @param {Launched} launch @returns {Outcome} */
function nextVisit({ mode, elements }) {
  const given = elements["cmi.core.lesson_mode"] || mode;
  const state = elements["cmi.suspend_data"] ?? "";
  if (given === "review")
    return { met: false, words: "Opened again, it is to look back: nothing counts any more." };
  if (given === "browse")
    return { met: false, words: "Opened again, it is to look round: nothing counts." };
  if (!state)
    return { met: false, words: "Opened again, it begins afresh: there is no saved state." };
  const entry = elements["cmi.core.entry"];
  const said = entry ? `, and the LMS says “${entry}”` : ", although the LMS does not say “resume”";
  return { met: true, words: `Opened again, it goes on from the saved state${said}.` };
}

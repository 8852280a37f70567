// What an LMS makes of what it holds, in sentences: no more than its profile and its record say.

import { fold, summary } from "../lms/record.js";
import { number } from "../lms/stored.js";

/** @import {Launched, Learning, Message, Outcome, Summary} from "./types" */
/** @import {TraineeRecord, TrackingRules} from "./types" */

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
  const { status, score, grade } = summary(profile, record, settings);
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
    gradeWords(grade, score !== "" || scoredOnce(record)),
    nextVisit(profile.launch(record, { mode: "normal", learner }, settings)),
  ];
}

/**
 * Moodle's grade is null until a visit passes, completes or scores, and 0 without a score; it is 0,
 * too, for all who have begun when the package is replaced (tests/lms/transcripts/moodle,
 * status-never-set and replaced-same-identifier).
 *
 * @param {number | null} grade
 * @param {boolean} scored
 * @returns {Outcome}
 */
function gradeWords(grade, scored) {
  if (grade === null) return { met: false, words: "No grade yet." };
  if (grade === 0 && !scored) return { met: false, words: "The grade is 0: nothing was scored." };
  return { met: true, words: `The grade is ${grade}.` };
}

/** Whether a score was told, in any attempt. @param {TraineeRecord} record */
const scoredOnce = ({ attempts }) =>
  Object.values(attempts).some((values) => number(values["cmi.core.score.raw"]) !== null);

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

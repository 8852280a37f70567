// What an LMS makes of its data, in sentences, from its profile and record alone.

import { fold, summary, type Summary } from "../lms/record.ts";
import { number, type Message, type TraineeRecord } from "../lms/stored.ts";
import type { Launch as Launched } from "../lms/profile-contract.ts";
import type { Learning } from "./systems.ts";

export interface TrackingRules {
  report: "passed-failed" | "completed";
}

export interface Outcome {
  met: boolean;
  words: string;
}

/** The statuses of SCORM 1.2 and their meaning. */
const STATUSES: Record<string, string> = {
  "": "nothing yet",
  "not attempted": "not attempted: not opened yet, or told nothing",
  incomplete: "incomplete: not finished yet",
  browsed: "browsed: looked at only",
  failed: "failed: not passed",
  completed: "completed",
  passed: "passed",
};

export const statusWords = (status: string) => STATUSES[status] ?? status;

/** The data in the LMS about its trainee. */
export function held(
  { profile, settings }: Pick<Learning, "profile" | "settings">,
  messages: Message[],
): Summary {
  const record = fold(profile, settings, messages);
  return summary(profile, record, settings);
}

/** What the LMS would do now. */
export function outcomes(
  { profile, settings, learner }: Learning,
  messages: Message[],
  tracking: TrackingRules,
): Outcome[] {
  const { status } = held({ profile, settings }, messages);
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
    ...usualOutcomes({ profile, settings, learner }, messages),
  ];
}

/** What the LMS would do with any package: its grade, and how the next visit begins. */
export function usualOutcomes(
  { profile, settings, learner }: Pick<Learning, "profile" | "settings" | "learner">,
  messages: Message[],
): Outcome[] {
  const record = fold(profile, settings, messages);
  const { score, grade } = summary(profile, record, settings);
  return [
    gradeWords(grade, score !== "" || scoredOnce(record)),
    nextVisit(profile.launch(record, { mode: "normal", learner }, settings)),
  ];
}

/**
 * Moodle's grade is null until a visit passes, completes or has a score. It is 0 without a score,
 * and for everyone who has started when the package is replaced (tests/lms/transcripts/moodle,
 * status-never-set and replaced-same-identifier).
 */
function gradeWords(grade: number | null, scored: boolean): Outcome {
  if (grade === null) return { met: false, words: "No grade yet." };
  if (grade === 0 && !scored) return { met: false, words: "The grade is 0: nothing was scored." };
  return { met: true, words: `The grade is ${grade}.` };
}

/** Whether a score was set in any attempt. */
const scoredOnce = ({ attempts }: TraineeRecord) =>
  Object.values(attempts).some((values) => number(values["cmi.core.score.raw"]) !== null);

function nextVisit({ mode, elements }: Launched): Outcome {
  const given = elements["cmi.core.lesson_mode"] || mode;
  const state = elements["cmi.suspend_data"] ?? "";
  if (given === "review")
    return { met: false, words: "Opened again, it is to look back: nothing counts any more." };
  if (given === "browse")
    return { met: false, words: "Opened again, it is to look round: nothing counts." };
  if (!state)
    return { met: false, words: "Opened again, it begins afresh: there is no saved state." };
  const entry = elements["cmi.core.entry"];
  const entryText = entry
    ? `, and the LMS says “${entry}”`
    : ", although the LMS does not say “resume”";
  return { met: true, words: `Opened again, it goes on from the saved state${entryText}.` };
}

// What the audit asks about a simulated LMS (builder/audit/visit/observers.py).

import { loadProfile } from "./profiles.ts";
import { fold, summary } from "./record.ts";
import type { Message } from "./stored.ts";

const LEARNER = { id: "learner-1", name: "Cohen, Dana" };
const VISIT = { mode: "normal", learner: LEARNER };

/**
 * The functions of the LMS's API, and what the LMS lacks: "resume" if cmi.core.entry never has that
 * value.
 */
export async function about(slug: string) {
  const { profile, settings } = await loadProfile(slug, {});
  // Some LMSs never say that a visit is resumed.
  const values = { "cmi.core.lesson_status": "incomplete", "cmi.core.exit": "suspend" };
  const record = fold(profile, settings, [{ type: "held", values }]);
  const { elements } = profile.launch(record, VISIT, settings);
  const resumes = elements["cmi.core.entry"] === "resume";
  const lacks = [...Object.keys(profile.lacks(settings)), ...(resumes ? [] : ["resume"])];
  return { functions: profile.functions, lacks };
}

/** The data in an LMS after these messages, and what it would say at the next launch. */
export async function held(slug: string, messages: Message[]) {
  const { profile, settings } = await loadProfile(slug, {});
  const record = fold(profile, settings, messages);
  const held = summary(profile, record, settings);
  const next = profile.launch(record, VISIT, settings);
  const mode = next.elements["cmi.core.lesson_mode"] || next.mode;
  return {
    status: String(held.status ?? ""),
    score: String(held.score ?? ""),
    seconds: held.seconds ?? null,
    location: String(held.location ?? ""),
    state: String(held.state ?? ""),
    answers: held.interactions?.length ?? null,
    grade: held.grade ?? null,
    mastery: String(record.package.mastery ?? ""),
    entry: String(next.elements["cmi.core.entry"] ?? ""),
    mode: String(mode ?? ""),
  };
}

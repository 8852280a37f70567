// What the LMS says at the start of a visit. "" is unknown: several LMSs answer little.

import { decode } from "../state/codec.js";
import { STATE } from "./elements.js";

/** @import {Launch, Session, State} from "../types" */

/**
 * Read once, in a running session; without one everything is unknown.
 *
 * @param {Session} session
 * @returns {Launch}
 */
export function readLaunch(session) {
  const state = session.read(STATE);
  /** @param {string} name */
  const core = (name) => session.get(`cmi.core.${name}`);
  const mode = core("lesson_mode") || "normal";
  return {
    /** Whether this visit is recorded: looking back must leave everything as it is. */
    recording: session.state === "running" && mode === "normal" && state !== null,
    /** Whether the result counts; the state is kept either way. */
    credit: core("credit") !== "no-credit",
    status: core("lesson_status"),
    score: core("score.raw"),
    location: core("lesson_location"),
    id: core("student_id"),
    learner: core("student_name"),
    /** What was kept, null where the LMS failed to say: it may be there all the same. */
    state,
    interactions: session.get("cmi.interactions._count"),
  };
}

/**
 * Whether an LMS that is there now has the record of a visit, whose `state` is given, of an LMS
 * that is gone. In its window may be another activity, or somebody else. Only an attempt's id,
 * which is random, is in no other record; where nothing had been saved there is no proof.
 *
 * @param {Launch} former
 * @param {Launch} launch
 * @param {Pick<State, "attempt">} state
 */
export const isSameRecord = (former, launch, { attempt }) =>
  launch.id === former.id &&
  launch.learner === former.learner &&
  decode(launch.state)?.attempt === attempt;

/**
 * The text that says how this visit differs from one that is recorded and counts, or null.
 *
 * @param {Pick<Launch, "recording" | "credit">} launch
 */
export function visitNotice({ recording, credit }) {
  if (!recording) return "looking_back";
  return credit ? null : "no_credit";
}

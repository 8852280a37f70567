// Reads what the LMS says at the start of a visit. "" means unknown: several LMSs answer little.

import { decode } from "../state/codec.ts";
import { STATE } from "./elements.ts";
import type { State } from "../state/state.ts";
import type { Session } from "./session.ts";

export interface Launch {
  recording: boolean;
  /** Whether the result counts. The state is kept either way. */
  credit: boolean;
  status: string;
  score: string;
  location: string;
  /** Id of the learner. */
  id: string;
  learner: string;
  /**
   * The state of earlier visits; null if the LMS failed to return it, although there may be one.
   */
  state: string | null;
  /** Number of interactions in the LMS. */
  interactions: string;
}

/** Reads the launch values. Without a running session all of them are unknown. */
export function readLaunch(session: Session): Launch {
  const state = session.read(STATE);
  const core = (name: string) => session.get(`cmi.core.${name}`);
  const mode = core("lesson_mode") || "normal";
  return {
    /** Review and browse must change nothing. */
    recording: session.state === "running" && mode === "normal" && state !== null,
    credit: core("credit") !== "no-credit",
    status: core("lesson_status"),
    score: core("score.raw"),
    location: core("lesson_location"),
    id: core("student_id"),
    learner: core("student_name"),
    state,
    interactions: session.get("cmi.interactions._count"),
  };
}

/**
 * Whether an LMS that was found now holds the record of the visit in the lost one: its window may
 * contain another activity or another person's. Only the random id of the attempt proves it; if
 * nothing had been saved, there is no proof.
 */
export const isSameRecord = (before: Launch, launch: Launch, { attempt }: Pick<State, "attempt">) =>
  launch.id === before.id &&
  launch.learner === before.learner &&
  decode(launch.state)?.attempt === attempt;

/** The text key that says how this visit differs from a normal one; null if it does not. */
export function visitNotice({ recording, credit }: Pick<Launch, "recording" | "credit">) {
  if (!recording) return "looking_back";
  return credit ? null : "no_credit";
}

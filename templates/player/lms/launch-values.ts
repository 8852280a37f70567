// What the LMS says at the start of a visit. "" is unknown: several LMSs answer little.

import { decode } from "../state/codec.ts";
import { STATE } from "./elements.ts";
import type { State } from "../state/state.ts";
import type { Session } from "./session.ts";

/** What the LMS says at the start of a visit; "" is unknown. */
export interface Launch {
  recording: boolean;
  /** Whether the result counts. */
  credit: boolean;
  status: string;
  score: string;
  location: string;
  /** The learner's. */
  id: string;
  learner: string;
  /** What was kept, null where the LMS failed to say. */
  state: string | null;
  /** What it counts of them. */
  interactions: string;
}

/** Read once, in a running session; without one everything is unknown. */
export function readLaunch(session: Session): Launch {
  const state = session.read(STATE);
  const core = (name: string) => session.get(`cmi.core.${name}`);
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
 */
export const isSameRecord = (former: Launch, launch: Launch, { attempt }: Pick<State, "attempt">) =>
  launch.id === former.id &&
  launch.learner === former.learner &&
  decode(launch.state)?.attempt === attempt;

/** The text that says how this visit differs from one that is recorded and counts, or null. */
export function visitNotice({ recording, credit }: Pick<Launch, "recording" | "credit">) {
  if (!recording) return "looking_back";
  return credit ? null : "no_credit";
}

// Decides to which attempt an entry of the journal belongs. Another activity with the same package,
// and each new attempt, starts empty with the same learner id
// (facts/moodle.md#entry-mode-attempts). Work done in one of them must not pass the other.

import type { State } from "../state/state.ts";
import type { KeptAttempt } from "./journal.ts";

/** The visit in which the journal is read. */
export interface ReadingVisit {
  attempt: string;
  place: string;
  /** The state that the LMS had at launch; null if none. */
  lmsState: State | null;
  /** Whether the LMS had a state that cannot be decoded. */
  unreadable: boolean;
  /** Whether the LMS once had another attempt of this activity, and has no state now. */
  gone: boolean;
}

export type Fate = "same" | "elsewhere" | "over" | "whole" | "part";

/**
 * What to do with an entry of the journal:
 *
 * - "same": it is of this attempt; merge it;
 * - "elsewhere": it is of another activity; leave it alone;
 * - "over": the LMS had this attempt and has started another one; remove it;
 * - "whole": the LMS never had it and has no other state; ask, then continue that attempt;
 * - "part": the LMS has another attempt; ask, then merge only the ungraded part (`partOf`).
 */
export function fateOf(
  { state, place, confirmed, beside }: Omit<KeptAttempt, "at">,
  visit: ReadingVisit,
): Fate {
  const { lmsState } = visit;
  if (state.attempt === visit.attempt) return "same";
  if (place !== undefined && place !== visit.place) return "elsewhere";
  // The visit's attempt was started only while the trainee was still being asked about this entry.
  const still = Boolean(lmsState) && beside === lmsState?.attempt;
  if (confirmed && !still && !visit.unreadable) return place === undefined ? "elsewhere" : "over";
  const empty = visit.unreadable || (!lmsState && !visit.gone && beside !== "");
  return still || empty ? "whole" : "part";
}

/**
 * The part of a state that counts for no result: visited pages and answers to practice questions.
 */
export const partOf = (state: State): State => ({
  ...state,
  saves: 0,
  status: "incomplete",
  score: null,
  reported: false,
  interactions: 0,
  quizzes: new Map(),
  records: new Map(),
  late: new Set([...state.late].filter((key) => state.checks.has(key))),
  finished: null,
});

// To which attempt what this browser has kept belongs. A learning system has several: another
// activity with the same package, and each new attempt, start empty, with the same learner id
// (facts/moodle.md#entry-mode-attempts). What was done for one of them must not pass the other.

import type { State } from "../state/state.ts";
import type { KeptAttempt } from "./journal.ts";

/** The visit in which an entry is read. */
export interface ReadingVisit {
  attempt: string;
  place: string;
  /** The state that the LMS had at its start, null for none. */
  told: State | null;
  /** Whether the LMS had one that nobody can read. */
  unreadable: boolean;
  /** Whether the LMS once had another attempt here that it does not have any more. */
  gone: boolean;
}

/** What becomes of an entry; see belonging.ts. */
export type Fate = "same" | "elsewhere" | "over" | "whole" | "part";

/**
 * What becomes of an entry of journal.ts in a visit:
 *
 * - "same": it is of this very attempt, and joins it;
 * - "elsewhere": it is of another activity, and is left alone;
 * - "over": the learning system had it, and has gone on to another attempt: it is for nobody;
 * - "whole": the learning system never had it and has nothing else: the trainee is asked, and then
 *   it is their attempt;
 * - "part": the learning system has another attempt: the trainee is asked, and then its partOf
 *   joins.
 *
 * `visit` has the `attempt` and the `place` of this visit; `told`, the state that the learning
 * system had at its start or null; `unreadable`, whether it had one that nobody can read; and
 * `gone`, whether it once had another attempt here that it does not have any more.
 */
export function fateOf(
  { state, place, confirmed, beside }: Omit<KeptAttempt, "at">,
  visit: ReadingVisit,
): Fate {
  const { told } = visit;
  if (state.attempt === visit.attempt) return "same";
  if (place !== undefined && place !== visit.place) return "elsewhere";
  // An attempt was begun only because the trainee was still being asked about this one.
  const still = Boolean(told) && beside === told?.attempt;
  if (confirmed && !still && !visit.unreadable) return place === undefined ? "elsewhere" : "over";
  const empty = visit.unreadable || (!told && !visit.gone && beside !== "");
  return still || empty ? "whole" : "part";
}

/** What a state has that counts for no result: its pages, and what was answered in practice. */
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

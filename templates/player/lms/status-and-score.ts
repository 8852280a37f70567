// Computes status and score for the LMS, never lower than it has them, and tracks what is
// confirmed.

import { RAW, SCORE, STATUS, type Pair } from "./elements.ts";
import { readScore, score as scoreText } from "./limits.ts";
import { keepsLast } from "../state/asked.ts";
import { higher, tellsScore, type Judgement } from "../state/tracking.ts";
import type { Outline, Tracking } from "../state/course.ts";
import type { Hundredths } from "../state/scoring.ts";
import type { State, Status } from "../state/state.ts";
import type { Launch } from "./launch-values.ts";

/** Status and score in the LMS. */
export interface Confirmed {
  status: string;
  score: Hundredths | null;
}

const scored = (score: Hundredths): Pair[] => [
  [`${SCORE}min`, "0"],
  [`${SCORE}max`, "100"],
  [RAW, scoreText(score)],
];

/** The result of one visit. */
interface Result {
  /** What the LMS has confirmed. */
  reported: Confirmed;
  /** Elements and values that the LMS already has. */
  stored: Pair[];
  /** Raises the result and the state to what the trainee's work is worth now. */
  raise: (state: State) => void;
  /** Values to write. Elements of `lower` are written lower on purpose (repair.ts). */
  values: (lower: string[]) => Pair[];
  /**
   * Notes what was written, except the `refused` pairs. Call the returned function once the LMS has
   * stored it.
   */
  sent: (refused: Pair[]) => () => void;
  /** Whether the LMS has confirmed the current result. */
  settled: () => boolean;
}

// Until the outline is complete, nothing is known about the work.
const NOTHING: Judgement = { status: "incomplete", score: null, day: "" };

interface ResultGiven {
  state: State;
  launch: Launch;
  outline: Outline;
  tracking: Tracking;
  judge?: () => Judgement | null;
}
type Score = Hundredths | null;

/** Math.max, which treats null as 0. */
type Greater = (one: Score, other: Score) => Hundredths;

const greater = Math.max as unknown as Greater;

/** The result without a score that the course does not report with this status. */
const reportable = ({ status, score }: Confirmed, tracking: Tracking) => ({
  status,
  score: tellsScore(status as Status, score, tracking) ? score : null,
});

/** The values to write; elements of `lower` are written lower on purpose. */
const pairsOf = ({ status, score }: Confirmed, lower: string[]): Pair[] => [
  ...(score === null ? [] : scored(lower.includes(RAW) ? Math.abs(score - 1) : score)),
  [STATUS, lower.includes(STATUS) ? "incomplete" : status],
];

/**
 * `launch` holds the launch values. `judge()` returns status and score of the trainee's work, or
 * null while they are unknown.
 */
export function createResult({
  state,
  launch,
  outline,
  tracking,
  judge = () => null,
}: ResultGiven): Result {
  const stored = readScore(launch.score);
  // Some LMSs never return the values that were set (facts/interoperability.md, rule 11); others
  // return 0 before any is set.
  const assumed = state.reported && !launch.interactions && !launch.status;
  const floor: Confirmed = {
    status: launch.status || (assumed ? state.status : ""),
    score: greater(stored, state.score) || state.score,
  };
  const held = () => reportable(floor, tracking);
  const agreed = assumed || (state.reported && stored === held().score);
  const reported: Confirmed = {
    status: floor.status,
    score: stored || (agreed ? held().score : null),
  };
  // If the last score counts somewhere, the result may go down.
  const follows = () => outline.pages.some(keepsLast);

  return {
    reported,
    stored: [[STATUS, reported.status], ...(reported.score === null ? [] : scored(reported.score))],
    raise(state) {
      const { status, score, day } = judge() ?? NOTHING;
      // Another window or the journal may have brought a higher score.
      if (state.score !== null) floor.score = greater(floor.score, state.score);
      if (launch.credit) {
        const now = higher(state.status, status);
        // The first day with this status. A pass after a fail gets its own day; a later visit
        // changes nothing.
        if (state.finished !== null && now !== state.status) state.finished = day;
        state.status = now;
        floor.status = higher(floor.status, state.status);
        if (score !== null) floor.score = follows() ? score : greater(floor.score, score);
      }
      state.score = floor.score;
    },
    values(lower) {
      if (launch.credit) return pairsOf(held(), lower);
      // If it is never set, an LMS makes it "completed".
      return launch.status === "not attempted" ? [[STATUS, "incomplete"]] : [];
    },
    sent(refused) {
      const now: Partial<Confirmed> = launch.credit ? held() : {};
      for (const [element] of refused) {
        if (element === STATUS) delete now.status;
        if (element === RAW) delete now.score;
      }
      return () => Object.assign(reported, now);
    },
    settled: () => reported.status === state.status && reported.score === held().score,
  };
}

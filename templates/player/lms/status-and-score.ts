// Status and score as the LMS is to have them: never lower than it has them, and what it has
// confirmed.

import { RAW, SCORE, STATUS, type Pair } from "./elements.ts";
import { readScore, score as scoreText } from "./limits.ts";
import { higher, tellsScore, type Judgement } from "../state/tracking.ts";
import type { Outline, Tracking } from "../state/course.ts";
import type { Hundredths } from "../state/scoring.ts";
import type { State, Status } from "../state/state.ts";
import type { Launch } from "./launch-values.ts";

/** What the LMS has of the result. */
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
  /** Elements and values that it has already. */
  stored: Pair[];
  /** Brings the result up to the work of the trainee, and the state with it. */
  raise: (state: State) => void;
  /** To be written; the elements of `lower` are lower than they ought to be, on purpose. */
  values: (lower: string[]) => Pair[];
  /**
   * What the LMS has of it now, unless it `refused` it; call what this returns once it has stored
   * it.
   */
  sent: (refused: Pair[]) => () => void;
  /** Whether the LMS has confirmed what is the result now. */
  settled: () => boolean;
}

// Before all pages are known, nothing can be said of them.
const NOTHING: Judgement = { status: "incomplete", score: null, day: "" };

interface ResultGiven {
  state: State;
  launch: Launch;
  outline: Outline;
  tracking: Tracking;
  judge?: () => Judgement | null;
}
type Score = Hundredths | null;

/** null counts as 0 */
type Greater = (one: Score, other: Score) => Hundredths;

const greater = Math.max as unknown as Greater;

/** What may be told: a score only where the course tells one with this status. */
const heldOf = ({ status, score }: Confirmed, tracking: Tracking) => ({
  status,
  score: tellsScore(status as Status, score, tracking) ? score : null,
});

/**
 * To be written of what is `held`; the elements of `lower` are lower than they ought to be, on
 * purpose.
 */
const pairsOf = ({ status, score }: Confirmed, lower: string[]): Pair[] => [
  ...(score === null ? [] : scored(lower.includes(RAW) ? Math.abs(score - 1) : score)),
  [STATUS, lower.includes(STATUS) ? "incomplete" : status],
];

/**
 * The result of `state`; `launch` is what the LMS said at the start. `judge()` gives what the work
 * of the trainee comes to, null before that can be said.
 */
export function createResult({
  state,
  launch,
  outline,
  tracking,
  judge = () => null,
}: ResultGiven): Result {
  const stored = readScore(launch.score);
  // Some LMSs never return what they were told (facts/interoperability.md, rule 11); others say 0
  // before anything.
  const told = state.reported && !launch.interactions && !launch.status;
  const floor: Confirmed = {
    status: launch.status || (told ? state.status : ""),
    score: greater(stored, state.score) || state.score,
  };
  const held = () => heldOf(floor, tracking);
  const agreed = told || (state.reported && stored === held().score);
  const reported: Confirmed = {
    status: floor.status,
    score: stored || (agreed ? held().score : null),
  };
  // Where a quiz keeps its last score, the result may go down.
  const follows = () => outline.pages.some(({ quiz }) => quiz?.keep === "last");

  return {
    reported,
    stored: [[STATUS, reported.status], ...(reported.score === null ? [] : scored(reported.score))],
    raise(state) {
      const { status, score, day } = judge() ?? NOTHING;
      // Another window, or the journal, may have brought a higher score.
      if (state.score !== null) floor.score = greater(floor.score, state.score);
      if (launch.credit) {
        const now = higher(state.status, status);
        // The day of what is kept of the end: a pass after a fail has its own, a visit later none.
        if (state.finished !== null && now !== state.status) state.finished = day;
        state.status = now;
        floor.status = higher(floor.status, state.status);
        if (score !== null) floor.score = follows() ? score : greater(floor.score, score);
      }
      state.score = floor.score;
    },
    values(lower) {
      if (launch.credit) return pairsOf(held(), lower);
      // Never set, it would become completed.
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

// Status and score as the LMS is to have them: never lower than it has them, and what it has
// confirmed.

import { RAW, SCORE, STATUS } from "./elements.js";
import { readScore, score as scoreText } from "./limits.js";
import { measure } from "../state/progress.js";
import { higher, tellsScore, verdict } from "../state/tracking.js";

/**
 * @import {Confirmed, Hundredths, Launch, Outline, Pair, State, Status, Tracking} from "../types"
 */

/**
 * @param {Hundredths} score
 * @returns {Pair[]}
 */
const scored = (score) => [
  [`${SCORE}min`, "0"],
  [`${SCORE}max`, "100"],
  [RAW, scoreText(score)],
];

/** @typedef {Hundredths | null} Score */
/** @typedef {(one: Score, other: Score) => Hundredths} Greater null counts as 0 */
const greater = /** @type {Greater} */ (/** @type {unknown} */ (Math.max));

/**
 * The result of `state`; `launch` is what the LMS said at the start.
 *
 * @param {{state: State, launch: Launch, outline: Outline, tracking: Tracking}} visit
 */
export function createResult({ state, launch, outline, tracking }) {
  const stored = readScore(launch.score);
  // Some LMSs never return what they were told (facts/interoperability.md, rule 11); others say 0
  // before anything.
  const told = state.reported && !launch.interactions && !launch.status;
  /** @type {Confirmed} */
  const floor = {
    status: launch.status || (told ? state.status : ""),
    score: greater(stored, state.score) || state.score,
  };
  const held = () => ({
    ...floor,
    score: tellsScore(/** @type {Status} */ (floor.status), floor.score, tracking)
      ? floor.score
      : null,
  });
  const agreed = told || (state.reported && stored === held().score);
  /** @type {Confirmed} */
  const reported = { status: floor.status, score: stored || (agreed ? held().score : null) };
  // Where a quiz keeps its last score, the result may go down.
  const follows = outline.pages.some(({ quiz }) => quiz?.keep === "last");

  /**
   * Brings the result up to the work of the trainee, and the state with it.
   *
   * @param {State} state
   */
  function raise(state) {
    const { status, score } = verdict(measure(outline, state, tracking), tracking);
    // Another window, or the journal, may have brought a higher score.
    if (state.score !== null) floor.score = greater(floor.score, state.score);
    if (launch.credit) {
      state.status = higher(state.status, status);
      floor.status = higher(floor.status, state.status);
      if (score !== null) floor.score = follows ? score : greater(floor.score, score);
    }
    state.score = floor.score;
  }

  return {
    /** What the LMS has confirmed. */
    reported,
    /**
     * Elements and values that it has already.
     *
     * @type {Pair[]}
     */
    stored: [[STATUS, reported.status], ...(reported.score === null ? [] : scored(reported.score))],
    raise,
    /**
     * To be written; the elements of `lower` are lower than they ought to be, on purpose.
     *
     * @param {string[]} lower
     * @returns {Pair[]}
     */
    values(lower) {
      // Never set, it would become completed.
      if (!launch.credit) return launch.status === "not attempted" ? [[STATUS, "incomplete"]] : [];
      const { status, score } = held();
      return [
        ...(score === null ? [] : scored(lower.includes(RAW) ? Math.abs(score - 1) : score)),
        [STATUS, lower.includes(STATUS) ? "incomplete" : status],
      ];
    },
    /**
     * What the LMS has of it now, unless it `refused` it; call what this returns once it has stored
     * it.
     *
     * @param {Pair[]} refused
     */
    sent(refused) {
      /** @type {Partial<Confirmed>} */
      const now = launch.credit ? held() : {};
      for (const [element] of refused) {
        if (element === STATUS) delete now.status;
        if (element === RAW) delete now.score;
      }
      return () => Object.assign(reported, now);
    },
    /** Whether the LMS has confirmed what is the result now. */
    settled: () => reported.status === state.status && reported.score === held().score,
  };
}

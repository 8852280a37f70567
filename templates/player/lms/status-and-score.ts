// Status and score as the LMS is to have them: never lower than it has them, and what it has
// confirmed.

import { RAW, SCORE, STATUS } from "./elements.js";
import { readScore, score as scoreText } from "./limits.js";
import { higher, tellsScore } from "../state/tracking.js";

/** @import {Confirmed, Hundredths, Launch, Outline, Pair, State} from "../types" */
/** @import {Judgement, Status, Tracking} from "../types" */

/**
 * @param {Hundredths} score
 * @returns {Pair[]}
 */
const scored = (score) => [
  [`${SCORE}min`, "0"],
  [`${SCORE}max`, "100"],
  [RAW, scoreText(score)],
];

/**
 * The result of one visit.
 *
 * @typedef Result
 * @property {Confirmed} reported What the LMS has confirmed.
 * @property {Pair[]} stored Elements and values that it has already.
 * @property {(state: State) => void} raise Brings the result up to the work of the trainee, and the
 *   state with it.
 * @property {(lower: string[]) => Pair[]} values To be written; the elements of `lower` are lower
 *   than they ought to be, on purpose.
 * @property {(refused: Pair[]) => () => void} sent What the LMS has of it now, unless it `refused`
 *   it; call what this returns once it has stored it.
 * @property {() => boolean} settled Whether the LMS has confirmed what is the result now.
 */

// Before all pages are known, nothing can be said of them.
/** @type {Judgement} */
const NOTHING = { status: "incomplete", score: null, day: "" };

/**
 * @typedef {object} ResultGiven
 * @property {State} state
 * @property {Launch} launch
 * @property {Outline} outline
 * @property {Tracking} tracking
 * @property {() => Judgement | null} [judge]
 */
/** @typedef {Hundredths | null} Score */
/** @typedef {(one: Score, other: Score) => Hundredths} Greater null counts as 0 */
const greater = /** @type {Greater} */ (/** @type {unknown} */ (Math.max));

/**
 * What may be told: a score only where the course tells one with this status.
 *
 * @param {Confirmed} floor
 * @param {Tracking} tracking
 */
const heldOf = ({ status, score }, tracking) => ({
  status,
  score: tellsScore(/** @type {Status} */ (status), score, tracking) ? score : null,
});

/**
 * To be written of what is `held`; the elements of `lower` are lower than they ought to be, on
 * purpose.
 *
 * @param {Confirmed} held
 * @param {string[]} lower
 * @returns {Pair[]}
 */
const pairsOf = ({ status, score }, lower) => [
  ...(score === null ? [] : scored(lower.includes(RAW) ? Math.abs(score - 1) : score)),
  [STATUS, lower.includes(STATUS) ? "incomplete" : status],
];

/**
 * The result of `state`; `launch` is what the LMS said at the start. `judge()` gives what the work
 * of the trainee comes to, null before that can be said.
 *
 * @param {ResultGiven} visit
 * @returns {Result}
 */
export function createResult({ state, launch, outline, tracking, judge = () => null }) {
  const stored = readScore(launch.score);
  // Some LMSs never return what they were told (facts/interoperability.md, rule 11); others say 0
  // before anything.
  const told = state.reported && !launch.interactions && !launch.status;
  /** @type {Confirmed} */
  const floor = {
    status: launch.status || (told ? state.status : ""),
    score: greater(stored, state.score) || state.score,
  };
  const held = () => heldOf(floor, tracking);
  const agreed = told || (state.reported && stored === held().score);
  /** @type {Confirmed} */
  const reported = { status: floor.status, score: stored || (agreed ? held().score : null) };
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
      /** @type {Partial<Confirmed>} */
      const now = launch.credit ? held() : {};
      for (const [element] of refused) {
        if (element === STATUS) delete now.status;
        if (element === RAW) delete now.score;
      }
      return () => Object.assign(reported, now);
    },
    settled: () => reported.status === state.status && reported.score === held().score,
  };
}

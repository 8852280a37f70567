// How fast the LMS may be asked, in ms. A call stops the page for as long as it takes.

/** Calls a function after some ms; as setTimeout does. */
export type Timer = (call: () => void, ms: number) => unknown;

/** Milliseconds, which no change of the date touches. */
export type Clock = () => number;

// An LMS without LMSFinish was seen to save each call by itself and out of order
// (facts/learning-systems.md).
export const BETWEEN_VALUES = 150;
// Where each value is saved by itself, the result keeps so many times as far from what comes before
// it: wagtail-lms writes its whole row each time, and a report would keep what came earlier.
export const APART = 4;
// Two values of one element in a burst can overtake each other in an LMS that saves each call by
// itself, so a batch holds one value each and batches keep apart.
const BETWEEN_BATCHES = 1000;
// Where a call can be felt, the page is drawn before it, and is the trainee's own for most of the
// time.
export const SLOW = 300;
export const DRAWN = 50;
const BORNE = 1000;
const SHARE = 6;
const LONGEST = 60000;
// Firefox discards keys that are typed while a call runs (facts/learning-systems.md#browsers), so a
// batch waits for a pause of whoever types, but no longer than this.
export const PAUSE = 500;
export const HELD = 4000;
// A hidden page on which nothing happened is not saved again so soon.
export const QUIET = 60000;
// How many tries a final status waits for what comes before it.
export const WAITS = 5;
// How long the Exit button waits for the LMS.
export const PATIENCE = 9000;

/** How long there is to be no batch after one that has stopped the page for `took` ms. */
export const rest = (took: number) =>
  Math.min(Math.max(BETWEEN_BATCHES, (took - BORNE) * SHARE), LONGEST);

/**
 * The time in this window, which no change of the computer's clock moves; undefined in a browser
 * that is too old to say.
 */
export function instant() {
  try {
    return new PerformanceMark("now").startTime;
  } catch {
    return undefined;
  }
}

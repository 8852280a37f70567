// How often the LMS may be called. A call blocks the page until it returns.

/** Calls a function after some ms, as setTimeout does. */
export type Timer = (call: () => void, ms: number) => unknown;

/** Returns ms, independent of changes to the computer's clock. */
export type Clock = () => number;

// Ms between two values. An LMS without LMSFinish was seen to save each call by itself and out of
// order (facts/learning-systems.md).
export const VALUE_INTERVAL_MS = 150;
// Factor for the pause before a result in such an LMS: wagtail-lms writes its whole row each time,
// and an overtaken request would leave older values in the report.
export const RESULT_FACTOR = 4;
// Ms between two batches. Two values of one element in quick succession can overtake each other in
// such an LMS, so a batch has one value of each element.
const BATCH_INTERVAL_MS = 1000;
// In ms. A call longer than SLOW_MS is noticed: the page is painted first, and afterwards belongs
// to the trainee for most of the time.
export const SLOW_MS = 300;
export const PAINT_MS = 50;
const TOLERATED_MS = 1000;
const REST_FACTOR = 6;
const MAX_REST_MS = 60000;
// Ms without typing before a batch starts, and the longest wait for that. Firefox discards keys
// typed during a call (facts/learning-systems.md#browsers).
export const TYPING_PAUSE_MS = 500;
export const MAX_TYPING_WAIT_MS = 4000;
// A hidden page on which nothing has happened for less than this is not saved again, in ms.
export const QUIET_MS = 60000;
// After this many tries a final status no longer waits for the values before it.
export const MAX_STATUS_TRIES = 5;
// How long the Exit button waits for the LMS, in ms.
export const EXIT_TIMEOUT_MS = 9000;

/** How long to wait with the next batch after one that blocked the page for `took` ms. */
export const rest = (took: number) =>
  Math.min(Math.max(BATCH_INTERVAL_MS, (took - TOLERATED_MS) * REST_FACTOR), MAX_REST_MS);

/**
 * The time in this window, independent of changes to the computer's clock; undefined in browsers
 * without PerformanceMark.
 */
export function instant() {
  try {
    return new PerformanceMark("now").startTime;
  } catch {
    return undefined;
  }
}

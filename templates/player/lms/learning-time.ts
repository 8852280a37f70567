// Measures how long a visit has lasted, without the time in which the computer was asleep.

import type { Clock, Timer } from "./pace.ts";

const BEAT_MS = 60000;
// Browsers delay the timers of a hidden page by a minute or so. A longer gap means sleep.
const SLEEP_MS = 3 * BEAT_MS;

/**
 * Returns a function that returns the ms since now, which never decrease. `clock()` is monotonic;
 * whether it stops during sleep depends on the system.
 */
export function createLearningTime(clock: Clock, timer: Timer) {
  let last = clock();
  let sum = 0;

  function elapsed() {
    const now = clock();
    const gap = Math.max(now - last, 0);
    sum += gap > SLEEP_MS ? BEAT_MS : gap;
    last = now;
    return sum;
  }

  function beat() {
    elapsed();
    timer(beat, BEAT_MS);
  }

  timer(beat, BEAT_MS);
  return elapsed;
}

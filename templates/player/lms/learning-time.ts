// How long a visit has lasted, without the time in which the machine slept.

import type { Clock, Timer } from "./pace.ts";

const BEAT = 60000;
// Browsers hold the timers of a hidden page back, by a minute or so. A longer silence is no
// learning.
const SLEEP = 3 * BEAT;

/**
 * A function that gives the ms since now; it never goes back. `clock()` gives ms that no change of
 * the date touches; whether it stands still while the machine sleeps depends on the system.
 */
export function createLearningTime(clock: Clock, timer: Timer) {
  let last = clock();
  let sum = 0;

  function elapsed() {
    const now = clock();
    const gap = Math.max(now - last, 0);
    sum += gap > SLEEP ? BEAT : gap;
    last = now;
    return sum;
  }

  function beat() {
    elapsed();
    timer(beat, BEAT);
  }

  timer(beat, BEAT);
  return elapsed;
}

// Sends one batch to the LMS, value by value.

import { STATUS, isResult, isVital, type Pair } from "./elements.ts";
import { RESULT_FACTOR, SLOW_MS, instant } from "./pace.ts";
import type { Batch } from "./batch.ts";
import type { LineState } from "./evidence.ts";
import type { QueueParts } from "./queue.ts";

export interface Deliverer {
  write(to: Delivery, pair: Pair): void;
  commit(delivery: Delivery): void;
  /**
   * Writes the values that are left, with pauses if the LMS needs them, while `isCurrent()`; then
   * calls `done()`.
   */
  run(delivery: Delivery, isCurrent: () => boolean, done: () => void): void;
  /** How long the last call blocked the page, in ms; 0 if too short to notice. */
  slow(): number;
}

/** A batch that is being sent. */
export interface Delivery {
  batch: Batch;
  /** Values still to be written. */
  left: Pair[];
  sent: Pair[];
  refused: Pair[];
  /** Whether a part of an answer was refused that the LMS may still accept (ledger.ts). */
  due?: boolean;
  /** How long calls of the LMS have blocked the page, in ms. */
  took: number;
  /**
   * When it began, when its last value was set, and when LMSCommit returned (instant() in
   * pace.ts).
   */
  since?: number;
  given?: number;
  until?: number;
  /** Whether the browser was offline at some point. */
  dark?: boolean;
  /** Whether a required value was refused. */
  short?: boolean;
  /** What LMSCommit returned; null if the LMS lacks it. */
  sure?: boolean | null;
  /** Whether the line's state is known from the LMS's own requests. */
  witnessed?: boolean;
  /** The line's state, checked after the commit. */
  line?: LineState;
  /** Resolves to how the LMS's own requests ended if that is known only after the check. */
  late?: Promise<LineState>;
}

/**
 * Whether a final status has to wait, because Chamilo accepts nothing after it. State, score and
 * repeated answers are written first, unless the page is being unloaded.
 */
const mustWait = ({ batch, short }: Delivery, [element, value]: Pair) =>
  (short || batch.behind) && !batch.leaving && element === STATUS && value !== "incomplete";

/** Whether the LMS accepted a value. */
function setValue({ session, line, patient, pace }: QueueParts, to: Delivery, pair: Pair) {
  to.dark ||= !line.online();
  if (to.dark && pace && !to.batch.alone) return true;
  const took = !(mustWait(to, pair) && patient()) && session.set(...pair);
  to.short ||= !took && isVital(pair);
  return took;
}

/**
 * Writes batches and commits them. When values are sent one by one, the state must not arrive
 * without the answers before it.
 */
export function createDeliverer(parts: QueueParts): Deliverer {
  const { session, ledger, timer, clock, pace = 0 } = parts;
  let slow = 0;

  /** Calls `call` and measures for how long it blocked the page. */
  function timed<T>(of: Delivery, call: () => T) {
    const before = clock();
    const value = call();
    const took = clock() - before;
    of.took += took;
    slow = took > SLOW_MS ? took : 0;
    return value;
  }

  function write(to: Delivery, pair: Pair) {
    to.sent.push(pair);
    to.given = instant();
    const took = timed(to, () => setValue(parts, to, pair));
    if (!took) to.refused.push(pair);
    ledger.enter(pair, took);
  }

  return {
    write,
    run(delivery, isCurrent, done) {
      const { left } = delivery;
      while (isCurrent() && left.length) {
        write(delivery, left.shift() as Pair);
        const wait = Math.max(pace * (left.length && isResult(left[0]) ? RESULT_FACTOR : 1), slow);
        if (wait) {
          timer(() => this.run(delivery, isCurrent, done), wait);
          return;
        }
      }
      if (isCurrent()) done();
    },
    commit(delivery) {
      ledger.close(delivery);
      delivery.given ??= instant();
      delivery.sure = timed(delivery, session.commit);
      delivery.until = instant();
    },
    slow: () => slow,
  };
}

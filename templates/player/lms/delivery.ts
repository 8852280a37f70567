// One batch on its way to the LMS, value by value.

import { STATUS, isResult, isVital, type Pair } from "./elements.ts";
import { APART, SLOW, instant } from "./pace.ts";
import type { Batch } from "./batch.ts";
import type { LineState } from "./evidence.ts";
import type { Ways } from "./queue.ts";

export interface Deliverer {
  write(to: Delivery, pair: Pair): void;
  commit(delivery: Delivery): void;
  /** Writes what is left, apart where calls are felt, as long as it `goesOn()`; then `done()`. */
  run(delivery: Delivery, goesOn: () => boolean, done: () => void): void;
  /** For how many ms the last call has stopped the page, 0 where that was not felt. */
  slow(): number;
}

/** A batch on its way. */
export interface Delivery {
  batch: Batch;
  /** What is still to be written. */
  left: Pair[];
  sent: Pair[];
  refused: Pair[];
  /** Ms for which calls of the LMS have stopped the page. */
  took: number;
  /** When it began, all was given, and LMSCommit was over (pace.ts, instant). */
  since?: number;
  given?: number;
  until?: number;
  /** Whether the line was down meanwhile. */
  dark?: boolean;
  /** Whether something that counts was refused. */
  short?: boolean;
  /** Whether the LMS says that it has stored; null where it cannot be asked. */
  sure?: boolean | null;
  /** How the line was found afterwards. */
  line?: LineState;
}

/**
 * Whether a final status waits for what comes before it: Chamilo takes nothing more after it.
 * State, score and answers that are told again go first, unless the page goes away.
 */
const waits = ({ batch, short }: Delivery, [element, value]: Pair) =>
  (short || batch.behind) && !batch.leaving && element === STATUS && value !== "incomplete";

/** Whether the LMS took a value. */
function take({ session, line, patient, pace }: Ways, to: Delivery, pair: Pair) {
  to.dark ||= !line.online();
  if (to.dark && pace && !to.batch.alone) return true;
  const took = !(waits(to, pair) && patient()) && session.set(...pair);
  to.short ||= !took && isVital(pair);
  return took;
}

/**
 * Writes batches and commits them. Where values go one by one, the state, which comes after an
 * answer, must not arrive without it.
 */
export function createDeliverer(ways: Ways): Deliverer {
  const { session, ledger, timer, clock, pace = 0 } = ways;
  let slow = 0;

  /** What a call gives; how long it took is how long the page stood still. */
  function timed<T>(of: Delivery, call: () => T) {
    const before = clock();
    const value = call();
    const took = clock() - before;
    of.took += took;
    slow = took > SLOW ? took : 0;
    return value;
  }

  function write(to: Delivery, pair: Pair) {
    to.sent.push(pair);
    const took = timed(to, () => take(ways, to, pair));
    if (!took) to.refused.push(pair);
    ledger.enter(pair, took);
  }

  return {
    write,
    run(delivery, goesOn, done) {
      const { left } = delivery;
      while (goesOn() && left.length) {
        write(delivery, left.shift() as Pair);
        const wait = Math.max(pace * (left.length && isResult(left[0]) ? APART : 1), slow);
        if (wait) {
          timer(() => this.run(delivery, goesOn, done), wait);
          return;
        }
      }
      if (goesOn()) done();
    },
    commit(delivery) {
      ledger.close(delivery);
      delivery.given = instant();
      delivery.sure = timed(delivery, session.commit);
      delivery.until = instant();
    },
    slow: () => slow,
  };
}

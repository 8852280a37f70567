// One batch on its way to the LMS, value by value.

import { STATUS, isResult, isVital } from "./elements.js";
import { instant } from "./instant.js";
import { APART, SLOW } from "./pace.js";

/** @import {Delivery, Deliverer, Pair, Ways} from "../types" */

/**
 * Whether a final status waits for what comes before it: Chamilo takes nothing more after it.
 * State, score and answers that are told again go first, unless the page goes away.
 *
 * @param {Delivery} delivery
 * @param {Pair} pair
 */
const waits = ({ batch, short }, [element, value]) =>
  (short || batch.behind) && !batch.leaving && element === STATUS && value !== "incomplete";

/**
 * Whether the LMS took a value.
 *
 * @param {Ways} ways
 * @param {Delivery} to
 * @param {Pair} pair
 */
function take({ session, line, patient, pace }, to, pair) {
  to.dark ||= !line.online();
  if (to.dark && pace && !to.batch.alone) return true;
  const took = !(waits(to, pair) && patient()) && session.set(...pair);
  to.short ||= !took && isVital(pair);
  return took;
}

/**
 * Writes batches and commits them. Where values go one by one, the state, which comes after an
 * answer, must not arrive without it.
 *
 * @param {Ways} ways
 * @returns {Deliverer}
 */
export function createDeliverer(ways) {
  const { session, ledger, timer, clock, pace = 0 } = ways;
  let slow = 0;

  /**
   * What a call gives; how long it took is how long the page stood still.
   *
   * @template T
   * @param {Delivery} of
   * @param {() => T} call
   */
  function timed(of, call) {
    const before = clock();
    const value = call();
    const took = clock() - before;
    of.took += took;
    slow = took > SLOW ? took : 0;
    return value;
  }

  /**
   * @param {Delivery} to
   * @param {Pair} pair
   */
  function write(to, pair) {
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
        write(delivery, /** @type {Pair} */ (left.shift()));
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

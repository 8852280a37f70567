// What becomes of batches: settle.js says what follows, here it is done.

import { settle } from "./settle.js";
import { NO_TROUBLE } from "./repair.js";

/** @import {Delivery, Ledger, Queue, SavedVisit} from "../types" */
/** @typedef {((() => void) | null | undefined)[]} Confirm Called once the LMS has stored it. */

/**
 * `facts` are those of facts.js, `telling` that of telling.js.
 *
 * @param {SavedVisit} visit
 * @param {{ledger: Ledger, again: () => void, written: (delivery: Delivery) => Confirm}} facts
 * @param {{settled: (outcome: import("../types").Outcome) => void}} telling
 */
export function createOutcomes(visit, facts, telling) {
  const { store, session, interactions, objectives, line, mark } = visit;
  const lms = { each: !session.canFinish };
  let trouble = NO_TROUBLE;
  let settled = Promise.resolve();

  /**
   * @param {Delivery} delivery
   * @param {Confirm} confirm
   * @param {Queue} queue
   */
  function act(delivery, confirm, queue) {
    const { batch } = delivery;
    const effects = settle(trouble, delivery, lms, store.version, interactions.waiting());
    trouble = effects.trouble;
    if (effects.arrived) {
      for (const each of confirm) each?.();
      if (!batch.full) mark?.keep({ confirmed: batch.noted.saves });
    }
    if (effects.lost) {
      effects.lost.forEach(facts.ledger.forget);
      objectives?.lost();
    }
    if (effects.repeat) interactions.repeat();
    if (effects.tell) telling.settled(effects.tell);
    if (effects.again !== undefined) {
      facts.again();
      queue.request(effects.again);
    }
  }

  return {
    trouble: () => trouble,
    /**
     * A batch is committed. Whether it has reached the LMS is asked of the line; batches are
     * settled in their order.
     *
     * @param {Delivery} delivery
     * @param {Queue} queue
     */
    done(delivery, queue) {
      const confirm = facts.written(delivery);
      const down = delivery.sure === false || delivery.dark || queue.closing();
      const reached = down ? "down" : line.check(delivery);
      const turn = async () => {
        delivery.line = await reached;
        session.idle(() => queue.closing() || act(delivery, confirm, queue));
      };
      settled = settled.then(turn, turn);
    },
  };
}

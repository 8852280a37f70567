// What becomes of batches: settle.ts says what follows, here it is done.

import { settle } from "./settle.ts";
import { NO_TROUBLE } from "./repair.ts";
import type { Delivery } from "./delivery.ts";
import type { Ledger } from "./ledger.ts";
import type { Queue } from "./queue.ts";
import type { Outcome } from "./save-outcome.ts";
import type { SavedVisit } from "./saving.ts";

/** Called once the LMS has stored it. */
export type Confirm = ((() => void) | null | undefined)[];

/** `facts` are those of facts.ts, `telling` that of telling.js. */
export function createOutcomes(
  visit: SavedVisit,
  facts: { ledger: Ledger; again: () => void; written: (delivery: Delivery) => Confirm },
  telling: { settled: (outcome: Outcome) => void },
) {
  const { store, session, interactions, objectives, line, mark } = visit;
  const lms = { each: !session.canFinish };
  let trouble = NO_TROUBLE;
  let settled = Promise.resolve();

  function act(delivery: Delivery, confirm: Confirm, queue: Queue) {
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
     */
    done(delivery: Delivery, queue: Queue) {
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

// What becomes of batches: settle.ts says what follows, here it is done and the trainee told.

import { settle } from "./settle.ts";
import { NO_TROUBLE } from "./repair.ts";
import { PATIENCE, type Timer } from "./pace.ts";
import type { Delivery } from "./delivery.ts";
import type { Ledger } from "./ledger.ts";
import type { Queue } from "./queue.ts";
import type { SavedVisit } from "./saving.ts";

/** How saving went, as the trainee is told. */
export type Outcome = "saving" | "saved" | "unconfirmed" | "failed" | "off";

/** Called once the LMS has stored it. */
export type Confirm = ((() => void) | null | undefined)[];

/** `report(outcome)` hears of each outcome that is another than the last. */
function createTelling(report: (outcome: Outcome) => void, timer: Timer) {
  let shown: Outcome = "off";
  let answer: (outcome: Outcome) => void = () => {};

  function tell(outcome: Outcome) {
    if (outcome === shown) return;
    shown = outcome;
    report(outcome);
  }

  return {
    /** Something is to be saved. That does not end a failure. */
    changed: () => shown === "failed" || tell("saving"),
    settled(outcome: Outcome) {
      tell(outcome);
      answer(outcome === "saving" ? "failed" : outcome);
    },
    /** Nothing is written any more. */
    end: () => answer("failed"),
    /** What is told once `save()` has been called; what is not known in time is not confirmed. */
    after: (save: () => void): Promise<Outcome> =>
      new Promise((resolve) => {
        answer = resolve;
        save();
        timer(() => resolve(shown === "failed" ? shown : "unconfirmed"), PATIENCE);
      }),
  };
}

/** `facts` are those of facts.ts. */
export function createOutcomes(
  visit: SavedVisit,
  facts: { ledger: Ledger; again: () => void; written: (delivery: Delivery) => Confirm },
) {
  const { store, session, interactions, objectives, line, mark } = visit;
  const lms = { each: !session.canFinish };
  const telling = createTelling(visit.report, visit.timer);
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
    telling,
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

// Carries out what settle.ts decides about each delivery, and reports the outcome to the trainee.

import { createReadBack } from "./read-back.ts";
import { settle } from "./settle.ts";
import { NO_TROUBLE } from "./repair.ts";
import { EXIT_TIMEOUT_MS, type Timer } from "./pace.ts";
import type { Delivery } from "./delivery.ts";
import type { LineState } from "./evidence.ts";
import type { Ledger } from "./ledger.ts";
import type { Queue } from "./queue.ts";
import type { SavedVisit } from "./saving.ts";

/** How saving went. */
export type Outcome = "saving" | "saved" | "unconfirmed" | "failed" | "off";

/** Functions to call once the LMS has stored a batch. */
export type Confirm = ((() => void) | null | undefined)[];

/** Calls `report(outcome)` each time the outcome changes. */
function createReporter(report: (outcome: Outcome) => void, timer: Timer) {
  let shown: Outcome = "off";
  let answer: (outcome: Outcome) => void = () => {};

  function setOutcome(outcome: Outcome) {
    if (outcome === shown) return;
    shown = outcome;
    report(outcome);
  }

  return {
    /** Work waits to be saved. A failure stays on display. */
    changed: () => shown === "failed" || setOutcome("saving"),
    /** "saving" after a first failure, which is soon tried again. */
    settled(outcome: Outcome) {
      setOutcome(outcome);
      if (outcome !== "saving") answer(outcome);
    },
    /** Nothing is written any more. */
    end: () => answer("failed"),
    /** Resolves to the outcome after `save()`; "unconfirmed" if there is none in time. */
    after: (save: () => void): Promise<Outcome> =>
      new Promise((resolve) => {
        answer = resolve;
        save();
        timer(() => resolve(shown === "failed" ? shown : "unconfirmed"), EXIT_TIMEOUT_MS);
      }),
  };
}

const isLost = ({ sure, dark }: Delivery) => sure === false || dark;

export function createOutcomes(
  visit: SavedVisit,
  facts: { ledger: Ledger; again: () => void; written: (delivery: Delivery) => Confirm },
) {
  const { store, session, interactions, mark, hidden = () => false } = visit;
  const each = !session.canFinish;
  const telling = createReporter(visit.report, visit.timer);
  const readBack = createReadBack(session, facts.ledger, each);
  let trouble = NO_TROUBLE;
  let settled = Promise.resolve();
  let latest: Delivery | null = null;

  function act(delivery: Delivery, confirm: Confirm, queue: Queue) {
    const { batch } = delivery;
    readBack.check(delivery);
    const effects = settle(trouble, delivery, { each, hidden: hidden() }, store.version);
    trouble = effects.trouble;
    if (effects.arrived) {
      for (const each of confirm) each?.();
      if (!batch.full) mark?.keep({ confirmed: batch.noted.saves });
    }
    if (effects.lost) effects.lost.forEach(facts.ledger.forget);
    if (effects.lost) visit.objectives?.lost();
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
    cut: readBack.cut,
    /**
     * A batch was committed. Checks whether it has reached the LMS; deliveries are settled in
     * order.
     */
    done(delivery: Delivery, queue: Queue) {
      latest = delivery;
      const written = facts.written(delivery);
      const reached = isLost(delivery) || queue.closing() ? "down" : visit.line.check(delivery);
      const settleAs = (line: LineState, confirm: Confirm) => {
        delivery.line = line;
        session.idle(() => queue.closing() || act(delivery, confirm, queue));
      };
      const turn = async () => {
        settleAs(await reached, written);
        // A slow answer: “Sent” becomes “Saved” or is sent again, unless more has been sent since.
        delivery.late?.then((line) => {
          if (delivery !== latest) return;
          delivery.witnessed = true;
          settleAs(line, []);
        });
      };
      settled = settled.then(turn, turn);
    },
  };
}

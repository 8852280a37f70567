// What the trainee is told of saving, and who waits for it at the Exit button.

import { PATIENCE, type Timer } from "./pace.ts";

/** How saving went, as the trainee is told. */
export type Outcome = "saving" | "saved" | "unconfirmed" | "failed" | "off";

/** `report(outcome)` hears of each outcome that is another than the last. */
export function createTelling(report: (outcome: Outcome) => void, timer: Timer) {
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

// What the trainee is told of saving, and who waits for it at the Exit button.

import { PATIENCE } from "./pace.js";

/** @import {Outcome, Timer} from "../types" */

/**
 * `report(outcome)` hears of each outcome that is another than the last.
 *
 * @param {(outcome: Outcome) => void} report
 * @param {Timer} timer
 */
export function createTelling(report, timer) {
  /** @type {Outcome} */
  let shown = "off";
  /** @type {(outcome: Outcome) => void} */
  let answer = () => {};

  /** @param {Outcome} outcome */
  function tell(outcome) {
    if (outcome === shown) return;
    shown = outcome;
    report(outcome);
  }

  return {
    /** Something is to be saved. That does not end a failure. */
    changed: () => shown === "failed" || tell("saving"),
    /** @param {Outcome} outcome */
    settled(outcome) {
      tell(outcome);
      answer(outcome === "saving" ? "failed" : outcome);
    },
    /** Nothing is written any more. */
    end: () => answer("failed"),
    /**
     * What is told once `save()` has been called; what is not known in time is not confirmed.
     *
     * @param {() => void} save
     * @returns {Promise<Outcome>}
     */
    after: (save) =>
      new Promise((resolve) => {
        answer = resolve;
        save();
        timer(() => resolve(shown === "failed" ? shown : "unconfirmed"), PATIENCE);
      }),
  };
}

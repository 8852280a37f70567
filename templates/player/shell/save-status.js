// Whether the trainee's work is kept, in words that are true.

/** @import {Outcome, SaveStatus, Say} from "../types" */

/** @type {Partial<Record<Outcome, string>>} */
const KEYS = { saving: "saving", saved: "saved", unconfirmed: "unconfirmed", failed: "not_saved" };

/**
 * Fills `element`, a live region that is changed sparingly.
 *
 * @param {HTMLElement} element
 * @param {Say} say
 * @returns {SaveStatus}
 */
export function createSaveStatus(element, say) {
  /** @type {((outcome: Outcome) => void)[]} */
  const hearers = [];
  /** @type {Outcome} */
  let now = "off";
  /** @param {(outcome: Outcome) => void} hear */
  function listen(hear) {
    hearers.push(hear);
    hear(now);
  }
  return {
    tell(outcome, words = say(KEYS[outcome] ?? outcome)) {
      now = outcome;
      if (element.textContent !== words) element.textContent = words;
      for (const hear of hearers) hear(outcome);
    },
    listen,
    whileFailing(begin, end) {
      let failing = false;
      listen((outcome) => {
        // A further try is no end of it.
        if (outcome === "saving" || failing === (outcome === "failed")) return;
        failing = !failing;
        (failing ? begin : end)();
      });
    },
  };
}

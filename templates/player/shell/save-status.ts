// Whether the trainee's work is kept, in words that are true. Only problems are on show and spoken,
// and their end.

/** @import {Outcome, SaveStatus, Say} from "../types" */

/** @type {Partial<Record<Outcome, string>>} */
const KEYS = { saving: "saving", saved: "saved", unconfirmed: "unconfirmed", failed: "not_saved" };

// What is as it should be.
/** @type {Outcome[]} */
const QUIET = ["saving", "saved"];

/**
 * Fills `element`, which is on show while there is a problem, and then a live region.
 *
 * @param {HTMLElement} element
 * @param {Say} say
 * @returns {SaveStatus}
 */
export function createSaveStatus(element, say) {
  let troubled = false;

  /**
   * @param {Outcome} outcome
   * @param {string} words
   */
  function write(outcome, words) {
    const quiet = QUIET.includes(outcome);
    // That a further try is made says nothing yet.
    const spoken = outcome !== "saving" && (troubled || !quiet);
    element.setAttribute("aria-live", spoken ? "polite" : "off");
    element.classList.toggle("unseen", quiet);
    if (element.textContent !== words) element.textContent = words;
    if (outcome !== "saving") troubled = !quiet;
  }

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
      write(outcome, words);
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

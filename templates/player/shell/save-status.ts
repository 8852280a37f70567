// Shows whether the trainee's work is saved. Only problems and their end are visible and announced.

import type { Say } from "../dom/words.ts";
import type { Outcome } from "../lms/outcomes.ts";

export interface SaveStatus {
  /** Sets the outcome. For "off", the text `key` says why nothing is recorded. */
  tell(outcome: Outcome, key?: string): void;
  /** Shows the outcome in the current language. */
  again(): void;
  /** Calls `hear` with the current outcome, and with each later one. */
  listen(hear: (outcome: Outcome) => void): void;
  /** Calls `begin` when saving starts to fail, and `end` when it works again. */
  whileFailing(begin: () => void, end: () => void): void;
}

const KEYS: Partial<Record<Outcome, string>> = {
  saving: "saving",
  saved: "saved",
  unconfirmed: "unconfirmed",
  failed: "not_saved",
};

// Outcomes that are no problem.
const QUIET: Outcome[] = ["saving", "saved"];

/** `element` is visible, and a live region, while there is a problem. */
export function createSaveStatus(element: HTMLElement, say: Say): SaveStatus {
  let troubled = false;

  function write(outcome: Outcome, words: string) {
    const quiet = QUIET.includes(outcome);
    // "saving" after a failure is a retry, which is not announced.
    const spoken = outcome !== "saving" && (troubled || !quiet);
    element.setAttribute("aria-live", spoken ? "polite" : "off");
    element.classList.toggle("unseen", quiet);
    if (element.textContent !== words) element.textContent = words;
    if (outcome !== "saving") troubled = !quiet;
  }

  const listeners: ((outcome: Outcome) => void)[] = [];
  let now: Outcome = "off";
  let shown = "";
  function listen(hear: (outcome: Outcome) => void) {
    listeners.push(hear);
    hear(now);
  }
  return {
    tell(outcome, key = KEYS[outcome] ?? outcome) {
      now = outcome;
      shown = key;
      write(now, say(key));
      for (const hear of listeners) hear(outcome);
    },
    again: () => shown && write(now, say(shown)),
    listen,
    whileFailing(begin, end) {
      let failing = false;
      listen((outcome) => {
        // A retry does not end the failure.
        if (outcome === "saving" || failing === (outcome === "failed")) return;
        failing = !failing;
        (failing ? begin : end)();
      });
    },
  };
}

// Whether the trainee's work is kept, in words that are true. Only problems are on show and spoken,
// and their end.

import type { Say } from "../dom/words.ts";
import type { Outcome } from "../lms/outcomes.ts";

export interface SaveStatus {
  /** `words` say why nothing is recorded, for "off". */
  tell(outcome: Outcome, words?: string): void;
  /** Calls a function with the outcome now, and with each later one. */
  listen(hear: (outcome: Outcome) => void): void;
  /** Calls one function once saving fails, and the other once that is over. */
  whileFailing(begin: () => void, end: () => void): void;
}

const KEYS: Partial<Record<Outcome, string>> = {
  saving: "saving",
  saved: "saved",
  unconfirmed: "unconfirmed",
  failed: "not_saved",
};

// What is as it should be.
const QUIET: Outcome[] = ["saving", "saved"];

/** Fills `element`, which is on show while there is a problem, and then a live region. */
export function createSaveStatus(element: HTMLElement, say: Say): SaveStatus {
  let troubled = false;

  function write(outcome: Outcome, words: string) {
    const quiet = QUIET.includes(outcome);
    // That a further try is made says nothing yet.
    const spoken = outcome !== "saving" && (troubled || !quiet);
    element.setAttribute("aria-live", spoken ? "polite" : "off");
    element.classList.toggle("unseen", quiet);
    if (element.textContent !== words) element.textContent = words;
    if (outcome !== "saving") troubled = !quiet;
  }

  const hearers: ((outcome: Outcome) => void)[] = [];
  let now: Outcome = "off";
  function listen(hear: (outcome: Outcome) => void) {
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

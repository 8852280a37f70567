// The Exit button: saves, closes the visit and shows the last view. What it writes is the batch of
// every save (lms/batch.ts).

import { button, el, fragment } from "../dom/element.ts";
import { reopening } from "./reopening.ts";
import type { Say } from "../dom/words.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { Navigation } from "../shell/navigation.ts";
import type { Action, Notices } from "../shell/notices.ts";

/** Where the answers are: an outcome of saving, or "kept" if only this browser has them. */
type Fate = Outcome | "kept";
interface ExitParts {
  toggle: HTMLElement;
  shown: { exit: string };
  navigation: Navigation;
  notices: Notices;
  say: Say;
  copying: { action: Action };
  save: () => Promise<Fate>;
  close: () => boolean | null | undefined;
  closed: () => void;
  /** What stays above the last view: the result of a finished course. */
  band: (saved: boolean) => HTMLElement | null;
}

// A window opened by a script can be closed; a frame cannot.
const where = () => (window === top || (top as Window).opener ? "window" : "frame");

const WARNINGS: Partial<Record<Fate, string>> = {
  unconfirmed: "exit_unconfirmed",
  kept: "exit_kept",
  failed: "exit_not_saved",
};

/** The button that opens the course again; null where the LMS has to, or lacks an answer. */
function wayBack(outcome: Fate, say: Say) {
  const reopen = outcome === "saved" ? reopening() : null;
  const open = reopen && button(say("reopen"), reopen, { class: "plain" });
  return open && el("div", { class: "actions" }, open);
}

/**
 * `shown.exit` is the HTML of the last view; elements with `data-when` and `data-where` are kept
 * only for the matching outcome and place. `save()` resolves to where the answers are. Unless that
 * is "saved", a warning with the button of `copying` is shown first, and a second press leaves
 * anyway. `close()` returns false if the LMS refused. `closed()` runs before the last view is
 * shown.
 */
export function createExit({
  toggle,
  shown,
  navigation,
  notices,
  say,
  copying,
  save,
  close,
  closed,
  band,
}: ExitParts) {
  let waiting = false;
  let outcome: Fate = "failed";
  toggle.hidden = false;
  toggle.onclick = async () => {
    if (waiting) return;
    if (!document.querySelector("[data-notice=exit]")) {
      waiting = true;
      outcome = await save();
      waiting = false;
      if (outcome !== "saved") {
        notices.show("exit", say(WARNINGS[outcome] as string), {
          alert: true,
          actions: [copying.action],
          within: "save",
        });
        return;
      }
    }
    // close() may return undefined, because an LMS may lack LMSCommit: only false is a failure.
    if (close() === false && outcome !== "kept") outcome = "failed";
    const last = fragment(shown.exit);
    for (const [name, value] of Object.entries({ when: outcome, where: where() })) {
      for (const words of last.querySelectorAll(`[data-${name}]`)) {
        if (words.getAttribute(`data-${name}`) !== value) words.remove();
      }
    }
    notices.hide("exit");
    closed();
    const card = el("section", { class: "next-steps" }, last, wayBack(outcome, say));
    navigation.view(...[band(outcome === "saved"), card].filter((part) => part !== null));
    navigation.close();
  };
}

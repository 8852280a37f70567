// The Exit button: save, close the visit, then say that the window can be closed. The values that
// are written then are those of every save: lms/batch.ts.

import { fragment } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { Navigation } from "../shell/navigation.ts";
import type { Action, Notices } from "../shell/notices.ts";

/** What has become of the answers. */
type Fate = Outcome | "kept";
interface ExitParts {
  toggle: HTMLElement;
  view: string;
  navigation: Navigation;
  notices: Notices;
  say: Say;
  copy: Action;
  save: () => Promise<Fate>;
  close: () => boolean | null | undefined;
  closed: () => void;
}

// A window that a script opened, with the LMS's page and the course in it, is there to be closed.
const where = () => (window === top || (top as Window).opener ? "window" : "frame");

const WARNINGS: Partial<Record<Fate, string>> = {
  unconfirmed: "exit_unconfirmed",
  kept: "exit_kept",
  failed: "exit_not_saved",
};

/**
 * `view` is the last view, HTML, with what is said `data-when` and `data-where`. `save()` gives a
 * promise of what has become of the answers: "saved" and "unconfirmed" are said by the LMS, "kept"
 * by this browser where the LMS has failed, "failed" is neither. All but the first is told before,
 * and while that warning stands a second press leaves all the same. `close()` saves and closes the
 * visit; false is what the LMS refused. `closed()` runs before the last view is shown. `copy` is a
 * button for the warning.
 */
export function createExit({
  toggle,
  view,
  navigation,
  notices,
  say,
  copy,
  save,
  close,
  closed,
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
          actions: [copy],
          within: "save",
        });
        return;
      }
    }
    // An LMS without LMSCommit says nothing: only a refusal is known to be one.
    if (close() === false && outcome !== "kept") outcome = "failed";
    const last = fragment(view);
    for (const [name, value] of Object.entries({ when: outcome, where: where() })) {
      for (const words of last.querySelectorAll(`[data-${name}]`)) {
        if (words.getAttribute(`data-${name}`) !== value) words.remove();
      }
    }
    notices.hide("exit");
    closed();
    navigation.view(last);
    navigation.close();
  };
}

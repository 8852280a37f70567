// Handles the end of a page. Browsers report reliably only that a page is hidden, unloaded or
// restored.

import type { Link } from "../app/lms-link.ts";
import type { Visit } from "../app/visit.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { SaveStatus } from "../shell/save-status.ts";

/**
 * Saves when the page is hidden, and closes the visit when it is unloaded. `settle()` makes the
 * page's components store what they hold back.
 */
export function watchLeaving(visit: Visit, settle: () => void) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    visit.link.session.idle(() => {
      settle();
      visit.saving.flush();
    });
  });
  // Immediately, even inside a call of the LMS: the page gets no later chance.
  addEventListener("pagehide", () => {
    settle();
    visit.saving.close();
  });
  addEventListener("online", () => visit.saving.save());
}

/**
 * Saves once more what could not be confirmed because it was sent before this listener existed or
 * while the page was hidden. LMSs use a beacon then, and a browser does not report its result. What
 * has failed is tried again at once when the page is shown.
 */
export function watchShown(status: SaveStatus, save: () => void) {
  let hidden = true;
  let outcome: Outcome = "off";
  function look() {
    if (document.visibilityState === "hidden") hidden = true;
    else if (hidden && outcome === "unconfirmed") {
      hidden = false;
      save();
    } else if (outcome === "saved") hidden = false;
  }
  document.addEventListener("visibilitychange", () => {
    if (outcome === "failed" && document.visibilityState === "visible") save();
    else look();
  });
  status.listen((now) => {
    outcome = now;
    look();
  });
}

/** Calls `returned()` when the browser restores a page whose visit is closed. */
export function watchReturning(link: Link, returned: () => void) {
  addEventListener("pageshow", (event) => {
    if (event.persisted && link.session.state === "finished") returned();
  });
}

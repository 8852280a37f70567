// The page is hidden, goes away, or is brought back. Browsers tell of these reliably, and of no
// other end.

import type { Link } from "../app/lms-link.ts";
import type { Visit } from "../app/visit.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { SaveStatus } from "../shell/save-status.ts";

/**
 * Saves when the page is hidden and closes the visit when it goes away. `settle()` lets the parts
 * of the page put away what they hold back; the visit may have nothing to save.
 */
export function watchLeaving(visit: Visit, settle: () => void) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    visit.link.session.idle(() => {
      settle();
      visit.saving.flush();
    });
  });
  // Also while a call of the LMS is on the stack, for there is no later.
  addEventListener("pagehide", () => {
    settle();
    visit.saving.close();
  });
  addEventListener("online", () => visit.saving.save());
}

/**
 * Saves once more what went without evidence before this was there, or while the page was hidden:
 * LMSs use a beacon then, of which a browser tells nothing.
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
  document.addEventListener("visibilitychange", look);
  status.listen((now) => {
    outcome = now;
    look();
  });
}

/** Calls `returned()` when somebody comes back to a page whose visit is closed. */
export function watchReturning(link: Link, returned: () => void) {
  addEventListener("pageshow", (event) => {
    if (event.persisted && link.session.state === "finished") returned();
  });
}

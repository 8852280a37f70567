// The page is hidden, goes away, or is brought back: browsers run no other handler reliably then.

/**
 * Saves when the page is hidden and closes the visit when it goes away. `settle()` lets the parts
 * of the page put away what they hold back.
 */
export function watchLeaving({ saving, settle }) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    settle();
    saving.flush();
  });
  addEventListener("pagehide", () => {
    settle();
    saving.close();
  });
  addEventListener("online", () => saving.save());
}

/** Tells who comes back to a page whose visit is closed; `tell(outcome, words)` is save-status.js's. */
export function watchReturning({ session, notices, say, tell }) {
  addEventListener("pageshow", (event) => {
    if (!event.persisted || session.state === "running") return;
    tell("off", say("nothing_recorded"));
    notices.show("mode", say("visit_closed"), { alert: true });
  });
}

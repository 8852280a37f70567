// The page is hidden, goes away, or is brought back: browsers run no other handler reliably then.

/**
 * Saves when the page is hidden and closes the visit when it goes away. `settle()` lets the parts
 * of the page put away what they hold back; `tell(outcome, words)` is save-status.js's.
 */
export function watchLeaving({ saving, settle, session, notices, say, tell }) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    settle();
    saving.flush();
  });
  addEventListener("pagehide", () => {
    settle();
    saving.close();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted || session.state === "running") return;
    tell("off", say("nothing_recorded"));
    notices.show("mode", say("visit_closed"), { alert: true });
  });
  addEventListener("online", () => saving.save());
}

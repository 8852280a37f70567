// What is done when the page is hidden, goes away, or is brought back. Browsers tell of these reliably,
// and of no other end.

/**
 * Saves when the page is hidden and closes the visit when it goes away. `settle()` lets the parts
 * of the page put away what they hold back; `link` is that of link.js, which may have nothing to save.
 */
export function watchLeaving({ link, settle }) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    settle();
    link.saving?.flush();
  });
  addEventListener("pagehide", () => {
    settle();
    link.saving?.close();
  });
  addEventListener("online", () => link.saving?.save());
}

/** Tells who comes back to a page whose visit is closed; `status` is that of save-status.js. */
export function watchReturning({ link, notices, say, status }) {
  addEventListener("pageshow", (event) => {
    if (!event.persisted || link.session.state !== "finished") return;
    status.tell("off", say("nothing_recorded"));
    notices.show("mode", say("visit_closed"), { alert: true });
  });
}

// The page is hidden, goes away, or is brought back. Browsers tell of these reliably, and of no
// other end.

/** @import {Visit} from "../types" */

/**
 * Saves when the page is hidden and closes the visit when it goes away. `settle()` lets the parts
 * of the page put away what they hold back; the visit may have nothing to save.
 *
 * @param {{link: Visit, settle: () => void}} parts
 */
export function watchLeaving({ link, settle }) {
  /** @param {"flush" | "close" | "save"} way */
  const tell = (way) => link.saving?.[way]();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    link.session.idle(() => {
      settle();
      tell("flush");
    });
  });
  // Also while a call of the LMS is on the stack, for there is no later.
  addEventListener("pagehide", () => {
    settle();
    tell("close");
  });
  addEventListener("online", () => tell("save"));
}

/**
 * Calls `returned()` when somebody comes back to a page whose visit is closed.
 *
 * @param {Visit} link
 * @param {() => void} returned
 */
export function watchReturning(link, returned) {
  addEventListener("pageshow", (event) => {
    if (event.persisted && link.session.state === "finished") returned();
  });
}

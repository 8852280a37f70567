// What is not saved would be gone with the window: the trainee is told, and the browser asks.

/** @import {Notices, SaveStatus, Say} from "../types" */
/**
 * @typedef {object} UnsavedParts
 * @property {SaveStatus} status
 * @property {Notices} notices
 * @property {Say} say
 * @property {() => void} retry
 * @property {() => boolean} alone
 */

/**
 * Needs nothing that would still have to be loaded: at that moment it may not come. `retry()` saves
 * at once. As long as this is `alone()`, a notice says what there is to say; lost-notice.js, which
 * comes with shell-visit, says more in its place.
 *
 * @param {UnsavedParts} parts
 */
export function watchUnsaved({ status, notices, say, retry, alone }) {
  // Never for those who leave in a hurry (quick-exit.js).
  /** @param {BeforeUnloadEvent} event */
  function hold(event) {
    if (document.documentElement.classList.contains("leaving")) return;
    event.preventDefault();
    event.returnValue = "";
  }

  status.whileFailing(
    () => {
      addEventListener("beforeunload", hold);
      if (alone())
        notices.show("save", say("not_saved_notice"), {
          alert: true,
          actions: [[say("retry"), retry]],
        });
    },
    () => {
      removeEventListener("beforeunload", hold);
      notices.hide("save");
    },
  );
}

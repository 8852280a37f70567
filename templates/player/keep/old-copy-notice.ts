// For who has come back to an old copy of the LMS's page (visit-mark.js): a new one, or what to do.

import { findLms } from "../lms/find-api.js";
import { decode } from "../state/codec.js";
import { wayOut } from "./old-copy-way-out.js";

/** @import {Launch, MarkKeeper, View} from "../types" */

// Moodle names the attempt in the address of the course's frame (module.js, scorm_activate_item).
const ATTEMPT = /[?&]attempt=(\d+)/;
// How long the LMS's page may take to be loaded anew before that counts as impossible.
const LOADED = 8000;

/**
 * Gives what is done about an old copy, a function of the `launch` with which its visit began.
 *
 * @param {MarkKeeper} mark
 * @param {View} view
 * @returns {(launch: Launch) => void}
 */
export function createReturning(mark, { status, notices, say, timer }) {
  /** @returns {{window: Window, around: boolean}} */
  const lms = () => findLms(window) ?? { window, around: true };

  function open() {
    mark.keep({ reloaded: true });
    lms().window.location.reload();
  }

  /** @param {"ask" | "close"} way */
  function tell(way) {
    const shut = way === "close";
    status.tell("off", say("nothing_recorded"));
    notices.show("mode", say(shut ? "visit_closed" : "old_copy"), {
      alert: true,
      actions: shut ? [] : [[say("reopen"), open]],
    });
  }

  return (launch) => {
    const frame = /** @type {HTMLIFrameElement | null} */ (window.frameElement);
    const [, attempt = 0] = ATTEMPT.exec(`${frame?.src} ${document.referrer}`) ?? [];
    const way = wayOut({
      mark: mark.read(),
      told: decode(launch.state),
      attempt: Number(attempt),
      around: lms().around,
      online: navigator.onLine,
    });
    if (way !== "reload") return tell(way);
    open();
    return timer(() => tell("ask"), LOADED);
  };
}

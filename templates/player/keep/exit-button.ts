// The Exit button: save, close the visit, then say that the window can be closed. The values that
// are written then are those of every save: lms/batch.js.

import { fragment } from "../dom/element.js";

/** @import {Action, Navigation, Notices, Outcome, Say} from "../types" */
/** @typedef {Outcome | "kept"} Fate What has become of the answers. */
/**
 * @typedef {object} ExitParts
 * @property {HTMLElement} toggle
 * @property {string} view
 * @property {Navigation} navigation
 * @property {Notices} notices
 * @property {Say} say
 * @property {Action} copy
 * @property {() => Promise<Fate>} save
 * @property {() => boolean | null | undefined} close
 * @property {() => void} closed
 */

// A window that a script opened, with the LMS's page and the course in it, is there to be closed.
const where = () => (window === top || /** @type {Window} */ (top).opener ? "window" : "frame");

/** @type {Partial<Record<Fate, string>>} */
const WARNINGS = { unconfirmed: "exit_unconfirmed", kept: "exit_kept", failed: "exit_not_saved" };

/**
 * `view` is the last view, HTML, with what is said `data-when` and `data-where`. `save()` gives a
 * promise of what has become of the answers: "saved" and "unconfirmed" are said by the LMS, "kept"
 * by this browser where the LMS has failed, "failed" is neither. All but the first is told before,
 * and while that warning stands a second press leaves all the same. `close()` saves and closes the
 * visit; false is what the LMS refused. `closed()` runs before the last view is shown. `copy` is a
 * button for the warning.
 *
 * @param {ExitParts} parts
 */
export function createExit({ toggle, view, navigation, notices, say, copy, save, close, closed }) {
  let waiting = false;
  /** @type {Fate} */
  let outcome = "failed";
  toggle.hidden = false;
  toggle.onclick = async () => {
    if (waiting) return;
    if (!document.querySelector("[data-notice=exit]")) {
      waiting = true;
      outcome = await save();
      waiting = false;
      if (outcome !== "saved") {
        notices.show("exit", say(/** @type {string} */ (WARNINGS[outcome])), {
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

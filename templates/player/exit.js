// The Exit button: save, close the visit, then say that the window can be closed.

import { fragment } from "./element.js";

/**
 * `view` is the last view, HTML. `save()` gives a promise of whether the LMS has everything; a first
 * failure is told, and while that warning stands a second press leaves all the same. `close()` saves
 * and closes the visit and says whether the LMS took it. `closed()` runs before the last view is
 * shown. `copy` is a button for the warning.
 */
export function createExit({ toggle, view, navigation, notices, say, copy, save, close, closed }) {
  let waiting = false;
  toggle.hidden = false;
  toggle.onclick = async () => {
    if (waiting) return;
    let saved = false;
    if (!document.querySelector("[data-notice=exit]")) {
      waiting = true;
      saved = await save();
      waiting = false;
      if (!saved) {
        notices.show("exit", say("exit_not_saved"), { alert: true, actions: [copy] });
        return;
      }
    }
    // An LMS without LMSCommit says nothing: only a refusal is known to be one.
    saved = close() !== false && saved;
    const last = fragment(view);
    last.querySelector(`[data-when="${saved ? "unsaved" : "saved"}"]`).remove();
    notices.hide("exit");
    closed();
    navigation.view(last);
    navigation.close();
  };
}

// The Exit button: save, close the visit, then say that the window can be closed.

/**
 * `close()` saves and closes the visit and says whether the LMS confirmed it; a first failure is
 * told, a second try leaves all the same. `closed()` runs before the last view is shown.
 */
export function createExit({ toggle, template, navigation, notices, say, flush, close, closed }) {
  let warned = false;
  toggle.hidden = false;
  toggle.onclick = () => {
    if (!warned && flush() === false) {
      warned = true;
      notices.show("exit", say("exit_not_saved"), { alert: true });
      return;
    }
    const view = template.content.cloneNode(true);
    // An LMS without LMSCommit says nothing: only a refusal is known to be one.
    view.querySelector(`[data-when="${close() === false ? "saved" : "unsaved"}"]`).remove();
    closed();
    navigation.view(view);
    navigation.close();
  };
}

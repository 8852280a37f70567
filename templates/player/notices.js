// Messages above the page: one at a time for each subject.

import { button, el } from "./element.js";

/** Messages in the element #notices, which is a landmark with this label while there are any. */
export function createNotices(place, label) {
  const shown = new Map();

  function hide(subject) {
    shown.get(subject)?.remove();
    shown.delete(subject);
    if (shown.size) return;
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
  }

  return {
    hide,
    /**
     * Show a message in place of an earlier one of its subject. `actions` are pairs of words and
     * function. An `alert` is read out at once; only its words are, not the buttons.
     */
    show(subject, words, { alert = false, actions = [] } = {}) {
      hide(subject);
      const text = el("p", { role: alert ? "alert" : null });
      const notice = el("div", { class: "notice", "data-notice": subject }, text);
      if (actions.length) {
        notice.append(el("div", { class: "actions" }, ...actions.map(([name, act]) => button(name, act))));
      }
      place.append(notice);
      place.setAttribute("role", "region");
      place.setAttribute("aria-label", label);
      // Into an alert that is already there, since some screen readers only notice the change.
      text.textContent = words;
      shown.set(subject, notice);
    },
  };
}

// Messages above the page: one at a time for each subject.

import { button, el, removeFocused } from "../dom/element.js";

/** @import {Action, Notices} from "../types" */
/** @typedef {{notice: HTMLElement, text: HTMLElement, words: string, actions: Action[], pressed: boolean}} Shown */

/**
 * Messages in the element #notices, which is a landmark with this label while there are any.
 *
 * @param {HTMLElement} place
 * @param {string} label
 * @returns {Notices}
 */
export function createNotices(place, label) {
  /** @type {Map<string, Shown>} */
  const shown = new Map();

  /** @param {string} subject */
  function hide(subject) {
    const now = shown.get(subject);
    if (!now) return;
    shown.delete(subject);
    removeFocused(now.notice);
    if (shown.size) return;
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
  }

  /**
   * @param {Shown} now
   * @param {number} at
   */
  function press(now, at) {
    now.pressed = true;
    now.actions[at]?.[1](now.notice);
  }

  return {
    hide,
    /**
     * Show a message in place of an earlier one of its subject. `actions` are pairs of words and
     * function. An `alert` is read out at once; only its words are, not the buttons. A message
     * that is shown already stays as it is, with its focus, and is read out again only if the
     * trainee has pressed a button in it. The nodes of `body` come after the words. The first of
     * `actions` stands out; each gets the notice, which this gives as well.
     */
    show(subject, words, { alert = false, actions = [], body = [] } = {}) {
      const before = shown.get(subject);
      if (before?.words === words) {
        before.actions = actions;
        if (before.pressed) before.text.textContent = words;
        before.pressed = false;
        return before.notice;
      }
      hide(subject);
      const text = el("p", { role: alert ? "alert" : null });
      const notice = el("div", { class: "notice", "data-notice": subject }, text, ...body);
      const now = { notice, text, words, actions, pressed: false };
      if (actions.length) {
        notice.append(
          el(
            "div",
            { class: "actions" },
            ...actions.map(([name], at) =>
              button(name, () => press(now, at), at ? { class: "plain" } : {}),
            ),
          ),
        );
      }
      place.append(notice);
      place.setAttribute("role", "region");
      place.setAttribute("aria-label", label);
      // Into an alert that is already there, since some screen readers only notice the change.
      text.textContent = words;
      shown.set(subject, now);
      return notice;
    },
  };
}

// Messages above the page: one at a time for each subject.

import { button, el, removeFocused } from "../dom/element.js";

/** @import {Action, Notices} from "../types" */
/**
 * @typedef {object} Shown
 * @property {HTMLElement} notice
 * @property {HTMLElement} text
 * @property {string} words
 * @property {Action[]} actions
 * @property {boolean} pressed Whether the trainee has pressed a button in it.
 */

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

  return {
    hide,
    show(subject, words, { alert = false, actions = [], body = [], within = "" } = {}) {
      const before = shown.get(subject);
      if (before?.words === words) {
        before.actions = actions;
        if (before.pressed) before.text.textContent = words;
        before.pressed = false;
        return before.notice;
      }
      hide(subject);
      const text = el("p", { role: alert ? "alert" : null });
      const around = shown.get(within);
      const box = { class: around ? null : "notice", "data-notice": subject };
      const notice = el("div", box, text, ...body);
      const now = { notice, text, words, actions, pressed: false };
      if (actions.length && !around) notice.append(buttons(now));
      if (around) around.text.after(notice);
      else place.append(notice);
      place.setAttribute("role", "region");
      place.setAttribute("aria-label", label);
      // Into an alert that is already there, since some screen readers only notice the change.
      text.textContent = words;
      shown.set(subject, now);
      return notice;
    },
  };
}

/** @param {Shown} now */
const buttons = (now) =>
  el(
    "div",
    { class: "actions" },
    ...now.actions.map(([name], at) => {
      const press = () => {
        now.pressed = true;
        now.actions[at]?.[1](now.notice);
      };
      return button(name, press, at ? { class: "plain" } : {});
    }),
  );

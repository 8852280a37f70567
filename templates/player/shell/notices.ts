// Notices above the page, one per subject.

import { button, el, removeFocused } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";

/** The label and handler of a button. The handler gets the notice with the button. */
export type Action = [words: string, act: (notice: HTMLElement) => void];

/** Notices above the page, one per subject. */
export interface Notices {
  hide(subject: string): void;
  /**
   * Shows a notice, replaces an earlier one of its subject, and returns its element. The text of an
   * `alert` is announced at once, without the buttons. A notice that is already shown keeps its
   * focus, and is announced again only after one of its buttons was pressed. `body` follows the
   * text. The first of `actions` is the primary one. If a notice of the subject `within` is shown,
   * this one is put into it and shares its buttons.
   */
  show(
    subject: string,
    words: string,
    options?: { alert?: boolean; actions?: Action[]; body?: Node[]; within?: string },
  ): HTMLElement;
}

interface Shown {
  notice: HTMLElement;
  text: HTMLElement;
  words: string;
  actions: Action[];
  /** Whether one of its buttons has been pressed. */
  pressed: boolean;
}

/** `place` is a landmark while it contains notices. */
export function createNotices(place: HTMLElement, say: Say): Notices {
  const shown = new Map<string, Shown>();

  function hide(subject: string) {
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
      place.setAttribute("aria-label", say("messages"));
      // After insertion, because some screen readers announce only changes of an alert.
      text.textContent = words;
      shown.set(subject, now);
      return notice;
    },
  };
}

const buttons = (now: Shown) =>
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

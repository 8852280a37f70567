// Messages above the page: one at a time for each subject.

import { button, el, removeFocused } from "../dom/element.ts";

/** Words on a button, and what it does; it gets the notice that it stands in. */
export type Action = [words: string, act: (notice: HTMLElement) => void];

/** Messages above the page: one at a time for each subject. */
export interface Notices {
  hide(subject: string): void;
  /**
   * Shows a message in place of an earlier one of its subject, and gives it. An `alert` is read out
   * at once; only its words are, not the buttons. A message that is shown already stays as it is,
   * with its focus, and is read out again only if the trainee has pressed a button in it. The nodes
   * of `body` come after the words. The first of `actions` stands out. Where the message of the
   * subject `within` is shown, this one stands in it, and its buttons do for both.
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
  /** Whether the trainee has pressed a button in it. */
  pressed: boolean;
}

/** Messages in the element #notices, which is a landmark with this label while there are any. */
export function createNotices(place: HTMLElement, label: string): Notices {
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
      place.setAttribute("aria-label", label);
      // Into an alert that is already there, since some screen readers only notice the change.
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

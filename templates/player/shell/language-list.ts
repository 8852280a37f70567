// The list of languages that the button in the header opens.

import { closeOnEscape, closeWhenLeft, el } from "../dom/element.ts";
import type { Language } from "./language-launch.ts";

/**
 * `markChoice` names its buttons. `turned` is called when the trainee opens or closes it, `choose`
 * with the tag of a language.
 */
export function createList(
  languages: Language[],
  turned: (yes: boolean) => void,
  choose: (tag: string) => void,
) {
  const toggle = document.getElementById("language-button") as HTMLElement;
  const words = toggle.querySelector("span") as HTMLElement;
  const entries = languages.map(({ tag: lang }) =>
    el("li", {}, el("button", { type: "button", class: "quiet", lang })),
  );
  const panel = el("div", { id: "languages", hidden: true }, el("ul", {}, ...entries));
  toggle.setAttribute("aria-controls", panel.id);
  toggle.setAttribute("aria-expanded", "false");
  toggle.after(panel);

  function open(yes: boolean) {
    turned(yes);
    panel.hidden = !yes;
    toggle.setAttribute("aria-expanded", String(yes));
  }
  function close() {
    open(false);
    toggle.focus({ preventScroll: true });
  }
  toggle.onclick = () => {
    // Safari does not focus a button that is clicked.
    toggle.focus({ preventScroll: true });
    open(Boolean(panel.hidden));
  };
  panel.onclick = ({ target }) => {
    const button = (target as Element).closest("button");
    if (!button) return;
    close();
    choose(button.lang);
  };
  closeOnEscape(toggle, panel, close);
  closeWhenLeft(toggle, panel, () => open(false));
  return {
    panel,
    /** Shows on the button whether a language is loading. */
    busy(yes: boolean) {
      toggle.setAttribute("aria-busy", String(yes));
    },
    /** Shows the language in use on the button. */
    label(label: string, name: string, lang: string) {
      toggle.setAttribute("aria-label", label);
      Object.assign(words, { textContent: name, lang });
    },
  };
}

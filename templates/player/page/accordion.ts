// Adds an “Open all” button to an accordion. Each text opens and closes without the script.

import { button, el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";

export function mountAccordion(place: HTMLElement, { say }: { say: Say }) {
  const texts = [...(place.querySelectorAll(":scope > details") as NodeListOf<HTMLDetailsElement>)];
  // By the button's own state, because the toggle events of the texts come later.
  const all = button(
    "",
    () => {
      const open = all.getAttribute("aria-expanded") === "false";
      for (const text of texts) text.open = open;
      update();
    },
    { class: "link" },
  );
  const update = () => {
    const open = texts.every((text) => text.open);
    all.setAttribute("aria-expanded", String(open));
    all.textContent = say(open ? "close_all" : "open_all");
  };
  for (const text of texts) text.addEventListener("toggle", update);
  place.firstElementChild?.after(el("div", { class: "actions" }, all));
  update();
}

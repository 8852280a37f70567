// An accordion: its texts open one by one without the player, which adds a button for all of them.

import { button, el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";

export function mountAccordion(place: HTMLElement, { say }: { say: Say }) {
  const texts = [...(place.querySelectorAll(":scope > details") as NodeListOf<HTMLDetailsElement>)];
  // By what the button says: it learns a little later that a text was opened.
  const all = button(
    "",
    () => {
      const open = all.getAttribute("aria-expanded") === "false";
      for (const text of texts) text.open = open;
      tell();
    },
    { class: "link" },
  );
  const tell = () => {
    const open = texts.every((text) => text.open);
    all.setAttribute("aria-expanded", String(open));
    all.textContent = say(open ? "close_all" : "open_all");
  };
  for (const text of texts) text.addEventListener("toggle", tell);
  place.firstElementChild?.after(el("div", { class: "actions" }, all));
  tell();
}

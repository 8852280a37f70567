// Loads with the first page that offers a break.

import { button, el } from "../dom/element.ts";

scormBuilder.add("part", "block-take-a-break", {
  selector: ".take-a-break",
  mount(place) {
    const exit = document.getElementById("exit-button") as HTMLElement;
    // Without an LMS there is nothing to exit from.
    if (exit.hidden) return;
    place.append(
      el(
        "div",
        { class: "actions" },
        button(String(exit.textContent).trim(), () => exit.click(), { class: "plain" }),
      ),
    );
  },
});

// Arrives with the first page that offers a break.

import { button, el } from "../dom/element.js";

scormBuilder.add("part", "block-take-a-break", {
  selector: ".take-a-break",
  mount(place) {
    const exit = /** @type {HTMLElement} */ (document.getElementById("exit-button"));
    // Without an LMS there is nothing to leave.
    if (exit.hidden) return;
    place.append(
      el(
        "div",
        { class: "actions" },
        button(/** @type {string} */ (exit.textContent), () => exit.click(), { class: "plain" }),
      ),
    );
  },
});

// The view that says which course this is: version, digest, owner, dates.

import { fragment } from "../dom/element.js";

/** Shows the about view, HTML, on its button and on #about; `back(page)` leads to the page before. */
export function createAbout({ toggle, view, digest, navigation, back }) {
  toggle.onclick = () => {
    location.hash = "#about";
  };
  return (page) => {
    const shown = fragment(view);
    shown.querySelector(".digest").textContent = digest;
    navigation.view(shown, back(page));
  };
}

// The view that says which course this is: version, digest, owner, dates.

import { fragment } from "../dom/element.js";

/** @import {Navigation, Page} from "../types" */

/**
 * Shows the about view, HTML, on its button and on #about; `back(page)` leads to the page before.
 *
 * @param {{toggle: HTMLElement, view: string, digest: string, navigation: Navigation, back: (page: Page) => HTMLElement}} parts
 * @returns {(page: Page) => void}
 */
export function createAbout({ toggle, view, digest, navigation, back }) {
  toggle.onclick = () => {
    location.hash = "#about";
  };
  return (page) => {
    const shown = fragment(view);
    shown.querySelector(".digest")?.replaceChildren(digest);
    navigation.view(shown, back(page));
  };
}

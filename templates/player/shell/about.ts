// The view that says which course this is: version, digest, owner, dates.

import { fragment } from "../dom/element.js";

/** @import {Navigation, Page} from "../types" */
/**
 * @typedef {object} Given
 * @property {HTMLElement} toggle
 * @property {string} view HTML.
 * @property {string} digest
 * @property {Navigation} navigation
 * @property {(page: Page | null) => HTMLElement} back The button to the view before.
 */

/**
 * Shows the about view on its button and on #about.
 *
 * @param {Given} given
 * @returns {(page: Page | null) => void}
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

// The button that opens the search, which comes with its first use.

import { closeOnEscape } from "../dom/element.js";

/** @import {LoadError, SearchGiven} from "../types" */
/** @typedef {(given: Pick<SearchGiven, "place" | "close">) => {focus(): void}} Fill */
/**
 * @typedef {object} Given
 * @property {HTMLElement} toggle
 * @property {HTMLElement} panel
 * @property {() => Promise<Fill>} load Gives the function that fills the panel.
 * @property {(yes: boolean) => void} turned Hears that the trainee has turned to the search, or
 *   from it.
 * @property {() => void} opened Called when the panel is shown.
 * @property {(error: LoadError | null) => void} failed Hears that the search could not be loaded;
 *   with null, that this is over.
 */

/**
 * Opens and closes the search; it is loaded and fills its panel at the first press.
 *
 * @param {Given} given
 */
export function createSearchButton({ toggle, panel, load, turned, opened, failed }) {
  /** @type {{focus(): void} | null} */
  let search = null;

  async function open() {
    turned(true);
    try {
      search ??= (await load())({ place: panel, close });
      failed(null);
    } catch (error) {
      turned(false);
      failed(/** @type {LoadError} */ (error));
      return;
    }
    // A trainee who has gone on meanwhile is not called back.
    if (document.activeElement !== toggle) return;
    show(true);
    opened();
    search.focus();
  }

  /** @param {boolean} yes */
  function show(yes) {
    panel.hidden = !yes;
    toggle.setAttribute("aria-expanded", String(yes));
  }

  // The focus waits on the button, as that of the contents does.
  function close() {
    turned(false);
    show(false);
    toggle.focus();
  }

  toggle.onclick = () => {
    // Safari gives a button that is clicked no focus.
    toggle.focus();
    if (panel.hidden) open();
    else close();
  };
  closeOnEscape(toggle, panel, close);

  return { close: () => show(false) };
}

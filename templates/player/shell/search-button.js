// The button that opens the search, which comes with its first use.

import { closeOnEscape } from "../dom/element.js";

/** @import {LoadError} from "../types" */

/**
 * `load()` gives a promise of the function that fills `panel`; that gives {focus}. `failed(error)`
 * hears that it could not be loaded, or null, `opened()` when the panel is shown.
 *
 * @param {{toggle: HTMLElement, panel: HTMLElement, load: () => Promise<(given: {place: HTMLElement, close: () => void}) => {focus(): void}>, opened: () => void, failed: (error: LoadError | null) => void}} parts
 */
export function createSearchButton({ toggle, panel, load, opened, failed }) {
  /** @type {{focus(): void} | null} */
  let search = null;

  async function open() {
    try {
      search ??= (await load())({ place: panel, close });
      failed(null);
    } catch (error) {
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

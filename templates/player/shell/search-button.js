// The button that opens the search, which comes with its first use.

import { closeOnEscape } from "../dom/element.js";

/**
 * `load()` gives a promise of the function that fills `panel`; that gives {focus}. `failed(error)`
 * hears that it could not be loaded, or null, `opened()` when the panel is shown.
 */
export function createSearchButton({ toggle, panel, load, opened, failed }) {
  let search = null;

  async function open() {
    try {
      search ??= (await load())({ place: panel, close });
      failed(null);
    } catch (error) {
      failed(error);
      return;
    }
    // A trainee who has gone on meanwhile is not called back.
    if (document.activeElement !== toggle) return;
    show(true);
    opened();
    search.focus();
  }

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

// The search button. The search itself loads when it is first opened.

import { closeOnEscape } from "../dom/element.ts";
import type { LoadError } from "../app/chunks.ts";
import type { SearchGiven } from "./search-panel.ts";

type Fill = (given: Pick<SearchGiven, "place" | "close">) => { focus(): void };
interface Given {
  toggle: HTMLElement;
  /** What has the focus after the search is closed where the header has no room for the button. */
  instead: HTMLElement;
  panel: HTMLElement;
  /** Resolves to the function that fills the panel. */
  load: () => Promise<Fill>;
  /** Called when the trainee opens or closes the search. */
  turned: (yes: boolean) => void;
  /** Called when the panel is shown. */
  opened: () => void;
  /** Called if the search could not be loaded; with null once it could. */
  failed: (error: LoadError | null) => void;
}

export function createSearchButton({
  toggle,
  instead,
  panel,
  load,
  turned,
  opened,
  failed,
}: Given) {
  let search: { focus(): void } | null = null;

  /** `from` is the button that was pressed, and has the focus. */
  async function open(from = toggle) {
    turned(true);
    try {
      search ??= (await load())({ place: panel, close });
      failed(null);
    } catch (error) {
      turned(false);
      failed(error as LoadError);
      return;
    }
    // The trainee has moved on meanwhile.
    if (document.activeElement !== from) return;
    show(true);
    opened();
    search.focus();
  }

  function show(yes: boolean) {
    panel.hidden = !yes;
    toggle.setAttribute("aria-expanded", String(yes));
  }

  // The button gets the focus, as with the contents.
  function close() {
    turned(false);
    show(false);
    (toggle.offsetParent ? toggle : instead).focus();
  }

  toggle.onclick = () => {
    // Safari does not focus a button that is clicked.
    toggle.focus();
    if (panel.hidden) open();
    else close();
  };
  closeOnEscape(toggle, panel, close);

  return {
    open,
    close: () => show(false),
    /** The language has changed: the search of that language loads when it is next opened. */
    turned() {
      show(false);
      search = null;
      panel.replaceChildren();
    },
  };
}

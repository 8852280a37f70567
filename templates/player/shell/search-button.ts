// The button that opens the search, which comes with its first use.

import { closeOnEscape } from "../dom/element.ts";
import type { LoadError } from "../app/chunks.ts";
import type { SearchGiven } from "./search-panel.ts";

type Fill = (given: Pick<SearchGiven, "place" | "close">) => { focus(): void };
interface Given {
  toggle: HTMLElement;
  panel: HTMLElement;
  /** Gives the function that fills the panel. */
  load: () => Promise<Fill>;
  /** Hears that the trainee has turned to the search, or from it. */
  turned: (yes: boolean) => void;
  /** Called when the panel is shown. */
  opened: () => void;
  /** Hears that the search could not be loaded; with null, that this is over. */
  failed: (error: LoadError | null) => void;
}

/** Opens and closes the search; it is loaded and fills its panel at the first press. */
export function createSearchButton({ toggle, panel, load, turned, opened, failed }: Given) {
  let search: { focus(): void } | null = null;

  async function open() {
    turned(true);
    try {
      search ??= (await load())({ place: panel, close });
      failed(null);
    } catch (error) {
      turned(false);
      failed(error as LoadError);
      return;
    }
    // A trainee who has gone on meanwhile is not called back.
    if (document.activeElement !== toggle) return;
    show(true);
    opened();
    search.focus();
  }

  function show(yes: boolean) {
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

// The view that says which course this is: version, digest, owner, dates.

import { fragment } from "../dom/element.ts";
import type { Page } from "../state/course.ts";
import type { Navigation } from "./navigation.ts";

interface Given {
  toggle: HTMLElement;
  /** HTML. */
  view: string;
  digest: string;
  navigation: Navigation;
  /** The button to the view before. */
  back: (page: Page | null) => HTMLElement;
}

/** Shows the about view on its button and on #about. */
export function createAbout({
  toggle,
  view,
  digest,
  navigation,
  back,
}: Given): (page: Page | null) => void {
  toggle.onclick = () => {
    location.hash = "#about";
  };
  return (page) => {
    const shown = fragment(view);
    shown.querySelector(".digest")?.replaceChildren(digest);
    navigation.view(shown, back(page));
  };
}

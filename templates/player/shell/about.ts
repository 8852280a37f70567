// The About view: version, digest, owner and dates of the course.

import { fragment } from "../dom/element.ts";
import type { Page } from "../state/course.ts";
import type { Navigation } from "./navigation.ts";

interface Given {
  toggle: HTMLElement;
  shown: { about: string };
  digest: string;
  navigation: Navigation;
  /** Creates the button to the previous view. */
  back: (page: Page | null) => HTMLElement;
}

export function createAbout({
  toggle,
  shown,
  digest,
  navigation,
  back,
}: Given): (page: Page | null) => void {
  toggle.onclick = () => {
    location.hash = "#about";
  };
  return (page) => {
    const view = fragment(shown.about);
    view.querySelector(".digest")?.replaceChildren(digest);
    navigation.view(view, back(page));
  };
}

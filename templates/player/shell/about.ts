// The About view: version, digest, owner and dates of the course.

import { fillTime } from "../dom/dates.ts";
import { fragment } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";
import type { Navigation } from "./navigation.ts";

interface Given {
  toggle: HTMLElement;
  shown: { about: string };
  digest: string;
  navigation: Navigation;
  say: Say;
  /** Creates the button to the previous view. */
  back: (page: Page | null) => HTMLElement;
}

export function createAbout({
  toggle,
  shown,
  digest,
  navigation,
  say,
  back,
}: Given): (page: Page | null) => void {
  toggle.onclick = () => {
    location.hash = "#about";
  };
  return (page) => {
    const view = fragment(shown.about);
    view.querySelector(".digest")?.replaceChildren(digest);
    for (const time of view.querySelectorAll("time")) fillTime(time, say);
    navigation.view(view, back(page));
  };
}

// The cover: the view before the first page. It is not a page, and showing it visits nothing.

import { button, el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

/** The cover. */
export interface Cover {
  /** Its HTML. */
  source: string;
  /** Adds the button that leads into the course. */
  fill(): void;
}

/** What the cover needs. */
export interface CoverGiven {
  main: HTMLElement;
  say: Say;
  /**
   * The page to go to, and whether the trainee has been in the course before. `awaited`: the page
   * is not known yet, or something else will replace the button.
   */
  target(): { page: Page; begun: boolean; awaited: boolean };
  /** Called when the cover is shown. */
  shown(): void;
  go(id: string): void;
}

/** The cover in index.html; null if the course starts with its first page. */
export function createCover({ main, say, target, shown, go }: CoverGiven): Cover | null {
  const article = main.querySelector("article.cover");
  if (!article) return null;
  // Stays when the cover is filled again, so that a press on it is not lost.
  const startButton = button("", () => go(target().page.id), { id: "begin" });
  const startAt = el("p", {});
  return {
    source: article.innerHTML,
    fill() {
      const { page, begun, awaited } = target();
      const values = { title: page.title };
      startButton.textContent = say(begun ? "resume_at" : "start", values);
      // Meanwhile the button is hidden: a returning trainee should not be offered to start anew,
      // nor press another button because it has moved.
      startButton.hidden = awaited;
      startAt.textContent = say("start_at", values);
      startAt.hidden = begun;
      if (!startButton.isConnected)
        main.querySelector("#cover-actions")?.replaceChildren(startButton, startAt);
      shown();
    },
  };
}

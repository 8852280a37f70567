// The cover: the view before the first page, and the way into the course. It is no page: nothing is
// visited by looking at it.

import { button, el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

/** The view before the first page. */
export interface Cover {
  /** Its HTML. */
  source: string;
  /** Puts in the button that leads into the course. */
  fill(): void;
}

/** What the cover leads to. */
export interface CoverGiven {
  main: HTMLElement;
  say: Say;
  /**
   * The page to go to, and whether the trainee has been in the course before; `awaited` is that it
   * is not known yet.
   */
  target(): { page: Page; begun: boolean; awaited: boolean };
  /** Hears that the cover is on show. */
  shown(): void;
  go(id: string): void;
}

/** The cover that the page begins with; null where the course begins with its first page. */
export function createCover({ main, say, target, shown, go }: CoverGiven): Cover | null {
  const article = main.querySelector("article.cover");
  if (!article) return null;
  const source = article.innerHTML;
  return {
    source,
    fill() {
      const place = main.querySelector("#cover-actions");
      const { page, begun, awaited } = target();
      // Where that is, is known in a moment; who has been here before need not start anew.
      const { title } = page;
      const words = say(begun ? "resume_at" : "start", { title });
      const begin = button(words, () => go(page.id), { id: "begin", hidden: awaited });
      const focused = place?.contains(document.activeElement);
      place?.replaceChildren(begin, begun ? "" : el("p", {}, say("start_at", { title })));
      if (focused) begin.focus();
      shown();
    },
  };
}

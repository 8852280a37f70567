// Shows how much of the course is done, and about how many minutes are left.

import { el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

interface Given {
  /** The progress line in the header. */
  bar: HTMLElement;
  say: Say;
  isDone: (page: Page) => boolean;
}

/**
 * `element` shows it as text and a line; `refresh(pages)` updates both, and the line in the header.
 */
export function createTally({ bar, say, isDone }: Given) {
  const done = el("strong");
  const left = el("span");
  const line = el("div", { class: "progress-line", "aria-hidden": "true" }, el("div"));
  const element = el("div", { class: "tally" }, el("p", {}, done, " ", left), line);

  return {
    element,
    refresh(pages: Page[]) {
      const open = pages.filter((page) => !isDone(page));
      const [of, n] = [pages.length, pages.length - open.length];
      const minutes = open.reduce((sum, page) => sum + page.minutes, 0);
      done.textContent = open.length ? say("done_of", { done: n, of }) : say.count("done_all", of);
      left.textContent = open.length ? say.count("minutes_left", minutes) : "";
      for (const place of [line, bar]) place.style.setProperty("--done", String(n / of));
      bar.hidden = false;
    },
  };
}

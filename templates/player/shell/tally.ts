// Shows how much of the course is done, and about how many minutes are left.

import { el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import { counted } from "./contents-group.ts";
import type { Outline, Page } from "../state/course.ts";

interface Given {
  /** The progress line in the header. */
  bar: HTMLElement;
  say: Say;
  isDone: (page: Page) => boolean;
}

/**
 * The minutes that are left. In a refresher they are those of a trainee who passes each test-out
 * that can still be passed, as on its cover.
 */
export function minutesLeft({ pages, refresher }: Outline, isDone: (page: Page) => boolean) {
  const open = pages.filter((page) => !isDone(page));
  const toRead = counted(open);
  const isToRead = (id: string) => toRead.some((page) => page.id === id);
  const tests = refresher ? open.filter(({ covers }) => covers?.some(isToRead)) : [];
  const replaced = new Set(tests.flatMap(({ covers }) => covers));
  const asked = [...tests, ...toRead.filter(({ id }) => !replaced.has(id))];
  return asked.reduce((sum, { minutes }) => sum + minutes, 0);
}

/**
 * `element` shows it as text and a line; `refresh(outline)` updates both, and the line in the
 * header.
 */
export function createTally({ bar, say, isDone }: Given) {
  const done = el("strong");
  const left = el("span");
  const line = el("div", { class: "progress-line", "aria-hidden": "true" }, el("div"));
  const element = el("div", { class: "tally" }, el("p", {}, done, " ", left), line);

  return {
    element,
    refresh(outline: Outline) {
      const pages = counted(outline.pages);
      const open = pages.filter((page) => !isDone(page));
      const [of, n] = [pages.length, pages.length - open.length];
      done.textContent = open.length ? say("done_of", { done: n, of }) : say.count("done_all", of);
      left.textContent = open.length ? say.count("minutes_left", minutesLeft(outline, isDone)) : "";
      for (const place of [line, bar]) place.style.setProperty("--done", String(n / of));
      bar.hidden = false;
    },
  };
}

// The article in which a view stands.

import { focusOn, html, uncover } from "../dom/element.ts";
import type { NavigationGiven } from "./navigation.ts";

export const articleIn = (main: HTMLElement) => main.querySelector("article") as HTMLElement;

/**
 * A fresh article, with HTML of the builder, in place of the one before; `id` is that of its page.
 */
export const newArticle = (main: HTMLElement, id: string | null, source: string) =>
  articleIn(main).replaceWith(html("article", { class: "page", "data-page": id }, source));

/** Writes the days in the article in words, and its heading into the title of the window. */
export function finishArticle({ main, course, say }: NavigationGiven, title: string) {
  for (const day of main.querySelectorAll("time")) day.textContent = say.day(day.dateTime);
  document.title = `${title} – ${course.title}`;
}

/**
 * Moves scroll and focus to a heading, or to the beginning; the focus stays with a trainee who is
 * `away`.
 */
export function reveal(main: HTMLElement, heading: string | null, away = false) {
  const target = heading && document.getElementById(heading);
  if (target) {
    uncover(target);
    target.scrollIntoView();
  } else scrollTo(0, 0);
  if (!away) focusOn(target || main.querySelector("h1"));
}

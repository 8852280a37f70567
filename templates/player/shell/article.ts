// The article element that contains the view.

import { focusOn, html, uncover } from "../dom/element.ts";
import type { NavigationGiven } from "./navigation.ts";

export const articleIn = (main: HTMLElement) => main.querySelector("article") as HTMLElement;

/** Replaces the article by a new one with HTML of the builder. `id` is the id of its page. */
export const newArticle = (main: HTMLElement, id: string | null, source: string) =>
  articleIn(main).replaceWith(html("article", { class: "page", "data-page": id }, source));

/** Puts the heading of the article into the window's title. */
export function finishArticle({ course }: NavigationGiven, title: string) {
  document.title = `${title} – ${course.title}`;
}

/**
 * Scrolls to the element with the id `anchor` or to the top, and focuses it unless the trainee is
 * `away` (in the contents or search).
 */
export function reveal(main: HTMLElement, anchor: string | null, away = false) {
  const target = anchor && document.getElementById(anchor);
  if (target) {
    uncover(target);
    target.scrollIntoView();
  } else scrollTo(0, 0);
  if (!away) focusOn(target || main.querySelector("h1"));
}

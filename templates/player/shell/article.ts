// The article in which a view stands.

import { focusOn, html, uncover } from "../dom/element.js";

/** @import {NavigationGiven} from "../types" */

/** @param {HTMLElement} main */
export const articleIn = (main) => /** @type {HTMLElement} */ (main.querySelector("article"));

/**
 * A fresh article, with HTML of the builder, in place of the one before; `id` is that of its page.
 *
 * @param {HTMLElement} main
 * @param {string | null} id
 * @param {string} source
 */
export const newArticle = (main, id, source) =>
  articleIn(main).replaceWith(html("article", { class: "page", "data-page": id }, source));

/**
 * Writes the days in the article in words, and its heading into the title of the window.
 *
 * @param {NavigationGiven} given
 * @param {string} title
 */
export function finishArticle({ main, course, say }, title) {
  for (const day of main.querySelectorAll("time")) day.textContent = say.day(day.dateTime);
  document.title = `${title} – ${course.title}`;
}

/**
 * Moves scroll and focus to a heading, or to the beginning; the focus stays with a trainee who is
 * `away`.
 *
 * @param {HTMLElement} main
 * @param {string | null} heading
 */
export function reveal(main, heading, away = false) {
  const target = heading && document.getElementById(heading);
  if (target) {
    uncover(target);
    target.scrollIntoView();
  } else scrollTo(0, 0);
  if (!away) focusOn(target || main.querySelector("h1"));
}

// The view on show: a page, once its data has come, or a view that is not a page.

import { html } from "../dom/element.js";
import { articleIn, finishArticle, newArticle, reveal } from "./article.js";
import { showPager } from "./pager.js";

/** @import {LoadError, Page, PageData, Views} from "../types" */

/**
 * Shows a page: at once where it is on view, else when its data has come, unless another view was
 * asked for meanwhile. `afresh` shows it anew.
 *
 * @param {Views} views
 * @param {Page} entry
 * @param {string | null} heading
 */
export async function open(views, entry, heading, focus = true, afresh = false) {
  const { main, failed, locks } = views;
  views.coming = null;
  views.away = false;
  if (views.current === entry && !afresh) {
    failed(null);
    if (focus) reveal(main, heading);
    return;
  }
  const locked = locks.view(entry);
  if (locked) {
    failed(null);
    view(views, ...locked);
    stand(views, entry);
    views.barred();
    return;
  }
  const ticket = {};
  const isLate = () => ticket !== views.coming || views.closed;
  views.coming = ticket;
  try {
    const data = await views.load(entry);
    if (isLate()) return;
    failed(null);
    show(views, entry, data);
    if (focus) reveal(main, heading, views.away);
    views.shown(entry, data, articleIn(main));
  } catch (error) {
    if (isLate()) return;
    failed(() => open(views, entry, heading), /** @type {LoadError} */ (error), entry);
  }
  if (!isLate()) views.coming = null;
}

/**
 * Shows a view that is not a page; it has a heading.
 *
 * @param {Views} views
 * @param {...(Node | string)} nodes
 */
export function view(views, ...nodes) {
  const { main } = views;
  views.coming = null;
  views.away = false;
  replace(views, null, "");
  articleIn(main).append(...nodes);
  const heading = /** @type {HTMLElement} */ (main.querySelector("h1"));
  finishArticle(views, String(heading.textContent));
  stand(views, null);
  reveal(main, null);
}

/**
 * Shows the cover, if there is one. Gives whether there is.
 *
 * @param {Views} views
 * @param {boolean} focus
 */
export function showCover(views, focus) {
  const { main, cover, say } = views;
  if (!cover) return false;
  views.coming = null;
  if (!main.querySelector("article.cover")) {
    leave(views);
    articleIn(main).replaceWith(html("article", { class: "cover" }, cover.source));
  }
  finishArticle(views, say("start"));
  views.failed(null);
  cover.fill();
  stand(views, null, true);
  if (focus) reveal(main, null);
  return true;
}

/**
 * @param {Views} views
 * @param {Page | null} entry
 */
export function stand(views, entry, covered = false) {
  views.place = entry;
  views.covered = covered;
  if (entry || covered) views.before = entry;
  showPager(views, entry);
  views.moved();
}

/**
 * @param {Views} views
 * @param {Page} entry
 * @param {PageData} data
 */
function show(views, entry, data) {
  if (views.current || articleIn(views.main).dataset.page !== entry.id)
    replace(views, entry.id, data.html);
  views.current = entry;
  finishArticle(views, entry.title);
  stand(views, entry);
}

/**
 * @param {Views} views
 * @param {string | null} id
 * @param {string} source
 */
function replace(views, id, source) {
  leave(views);
  newArticle(views.main, id, source);
}

/** @param {Views} views */
function leave(views) {
  if (views.current) views.left(views.current);
  views.current = null;
}

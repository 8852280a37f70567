// Shows a view: a page once its data has loaded, or another view.

import { html } from "../dom/element.ts";
import { articleIn, finishArticle, newArticle, reveal } from "./article.ts";
import { showPager } from "./pager.ts";
import type { LoadError } from "../app/chunks.ts";
import type { Page } from "../state/course.ts";
import type { Locks } from "../state/locks.ts";
import type { PageData } from "../state/page-data.ts";
import type { NavigationGiven } from "./navigation.ts";

/** The current view. */
export interface Views extends NavigationGiven {
  locks: Locks;
  go(id: string): void;
  /** The page on view; null for other views. */
  current: Page | null;
  /** The page on view, or the locked page whose explanation is on view. */
  place: Page | null;
  /** The last page on view, to which other views lead back; null for the cover. */
  before: Page | null;
  /** Identifies the page that is loading; one with another ticket is discarded. */
  coming: object | null;
  /** Whether the trainee has opened contents or search since the page was requested. */
  away: boolean;
  /** Whether the address is no longer followed. */
  closed: boolean;
  /** Whether the cover is shown. */
  covered: boolean;
}

/**
 * Shows a page once its data has loaded, unless another view was requested meanwhile. `afresh`
 * shows a page again that is already on view.
 */
export async function open(
  views: Views,
  entry: Page,
  anchor: string | null,
  focus = true,
  afresh = false,
) {
  const { main, failed, locks } = views;
  views.coming = null;
  views.away = false;
  if (views.current === entry && !afresh) {
    failed(null);
    if (focus) reveal(main, anchor);
    return;
  }
  const locked = locks.view(entry);
  if (locked) {
    failed(null);
    view(views, ...locked);
    setPlace(views, entry);
    views.barred();
    return;
  }
  const ticket = {};
  const isLate = () => ticket !== views.coming || views.closed;
  views.coming = ticket;
  try {
    const data = await views.load(entry);
    if (isLate()) return;
    // The page that the address names may still be missing.
    if (focus || !afresh) failed(null);
    show(views, entry, data);
    if (focus) reveal(main, anchor, views.away);
    views.shown(entry, data, articleIn(main));
  } catch (error) {
    if (isLate()) return;
    failed(() => open(views, entry, anchor), error as LoadError, entry);
  }
  if (!isLate()) views.coming = null;
}

/** Shows a view that is not a page; it needs an h1. */
export function view(views: Views, ...nodes: (Node | string)[]) {
  const { main } = views;
  views.coming = null;
  views.away = false;
  replace(views, null, "");
  articleIn(main).append(...nodes);
  const heading = main.querySelector("h1") as HTMLElement;
  finishArticle(views, String(heading.textContent));
  setPlace(views, null);
  reveal(main, null);
}

/** Shows the cover, if there is one; returns whether there is. */
export function showCover(views: Views, focus: boolean) {
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
  setPlace(views, null, true);
  if (focus) reveal(main, null);
  return true;
}

export function setPlace(views: Views, entry: Page | null, covered = false) {
  views.place = entry;
  views.covered = covered;
  if (entry || covered) views.before = entry;
  showPager(views, entry);
  views.moved();
}

function show(views: Views, entry: Page, data: PageData) {
  if (views.current || articleIn(views.main).dataset.page !== entry.id)
    replace(views, entry.id, data.html);
  views.current = entry;
  finishArticle(views, entry.title);
  setPlace(views, entry);
}

function replace(views: Views, id: string | null, source: string) {
  leave(views);
  newArticle(views.main, id, source);
}

function leave(views: Views) {
  if (views.current) views.left(views.current);
  views.current = null;
}

// The way between views: it follows the address.

import { focusOn } from "../dom/element.ts";
import { COVER, OTHERS, readRoute } from "./routes.ts";
import { open, showCover, stand, view, type Views } from "./views.ts";
import type { LoadError } from "../app/chunks.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { Locks } from "../state/locks.ts";
import type { PageData } from "../state/page-data.ts";
import type { Cover } from "./cover.ts";

/** The views and the way between them. */
export interface Navigation {
  /** The page on view, null on any other view. */
  readonly current: Page | null;
  /** Whether the cover is on show. */
  readonly covered: boolean;
  /** Whether the trainee has turned to the contents, say, since the page was asked for. */
  away(): boolean;
  /** The trainee turns there, or back: a page that comes leaves the focus there. */
  turn(away: boolean): void;
  /** The page that was on view last, locked or not; null for the cover. */
  readonly before: Page | null;
  /** Whether the view is still the one that the course begins with. */
  readonly atStart: boolean;
  /** Shows the page that the address names, or the first view; later, follows the address. */
  start(): void;
  go(id: string): void;
  /**
   * Shows the page on view afresh, because more is known of it; place and focus stay. One that is
   * on its way comes as fresh.
   */
  again(): Promise<void>;
  /** Shows the first page as if for the first time. */
  restart(): void;
  /** Shows a view that is not a page: nodes with an h1, which gets the focus. */
  view(...nodes: (Node | string)[]): void;
  /** A page may have opened meanwhile. */
  refresh(): void;
  /** All pages are known, and which of them are locked: null for none in the whole course. */
  complete(locks: Locks | null): void;
  /** Follows the address no longer. */
  close(): void;
}

/** The means that the navigation gets. */
export interface NavigationGiven {
  /** The place of the views. */
  main: HTMLElement;
  /** The view before the first page, if there is one. */
  cover: Cover | null;
  /** The buttons to the pages before and after. */
  pager: [previous: HTMLElement, next: HTMLElement];
  progress: HTMLElement;
  outline: Outline;
  course: { title: string };
  say: Say;
  load(entry: Page): Promise<PageData>;
  /** Waits for the whole outline; rejects where it cannot be had. */
  whole(): Promise<void>;
  /** Called with each page's fresh article. */
  shown(entry: Page, data: PageData, article: HTMLElement): void;
  /** Called when a view of why a page is locked stands in for it. */
  barred(): void;
  /** Called before a page goes. */
  left(entry: Page): void;
  /** Says that a page cannot be loaded; with null, that this is over. */
  failed(retry: (() => void) | null, error?: LoadError, page?: Page): void;
  /** Shows the view of an address that is no page's. */
  other(): void;
  /** Hears of each view that comes on show. */
  moved(): void;
}

const nothing = () => null;

/** Shows the views that the address names, and leads to them. */
export function createNavigation(given: NavigationGiven): Navigation {
  const { pages } = given.outline;
  const views: Views = {
    ...given,
    locks: { reason: nothing, view: nothing, tellAhead: nothing },
    go,
    current: null,
    place: null,
    before: given.cover ? null : pages[0],
    coming: null,
    away: false,
    closed: false,
    covered: false,
  };

  let locked = false;

  function go(id: string) {
    if (location.hash === `#/${id}`) follow(views);
    else location.hash = `#/${id}`;
  }

  return {
    get current() {
      return views.current;
    },
    get covered() {
      return views.covered;
    },
    away: () => views.away,
    turn: (away) => Object.assign(views, { away }),
    get before() {
      return views.before;
    },
    get atStart() {
      return views.cover ? views.covered : views.current === pages[0];
    },
    start: () => begin(views),
    go,
    async again() {
      if (!views.coming && views.current) await showAfresh(views, views.current);
    },
    restart: () => restart(views, pages[0]),
    view: (...nodes) => view(views, ...nodes),
    refresh() {
      if (views.place && locked) stand(views, views.place);
    },
    complete(locks) {
      locked = Boolean(locks);
      views.locks = locks ?? views.locks;
      if (views.covered) views.cover?.fill();
      else if (views.place) stand(views, views.place);
    },
    close() {
      views.closed = true;
    },
  };
}

/** Shows the view that the address names, or the first one; then follows the address. */
function begin(views: Views) {
  addEventListener("hashchange", () => follow(views));
  // A link to where the address is already changes no address.
  document.addEventListener("click", (event) => {
    const target = event.target as Partial<Element>;
    const link = target.closest?.('a[href^="#/"]');
    if (link && link.getAttribute("href") === location.hash) follow(views);
  });
  if (!follow(views, Boolean(readRoute(location.hash)))) first(views);
}

function restart(views: Views, page: Page) {
  history.replaceState(null, "", `#/${page.id}`);
  open(views, page, null, true, true);
}

/** Shows the view that the course begins with. */
function first(views: Views) {
  if (!showCover(views, false)) open(views, views.outline.pages[0], null, false);
}

/** Shows the view that the address names. Gives whether it names one. */
function follow(views: Views, focus = true) {
  const { hash } = location;
  if (views.closed) return false;
  views.away = false;
  if (OTHERS.test(hash)) {
    views.other();
    return true;
  }
  if ((!hash || hash === COVER) && showCover(views, focus)) return true;
  const { pages } = views.outline;
  const route = readRoute(hash);
  const id = hash ? route?.page : pages[0].id;
  const entry = pages.find((page) => page.id === id);
  if (entry) open(views, entry, route?.heading ?? null, focus);
  const awaited = Boolean(route && !entry && views.outline.partial);
  if (awaited) wait(views, focus);
  return awaited || Boolean(entry);
}

/** Follows the address once all pages are known. */
async function wait(views: Views, focus: boolean) {
  const { hash } = location;
  try {
    await views.whole();
    if (location.hash !== hash) return;
    const { away } = views;
    if (!follow(views, focus) && !views.place) first(views);
    views.away = away;
  } catch (error) {
    if (location.hash === hash) views.failed(() => wait(views, focus), error as LoadError);
  }
}

async function showAfresh(views: Views, entry: Page) {
  const { main } = views;
  const [focused, top] = [document.activeElement, scrollY];
  const inside = main.contains(focused);
  await open(views, entry, null, false, true);
  scrollTo(0, top);
  if (inside) focusOn(document.getElementById(focused?.id ?? "") ?? main.querySelector("h1"));
}

// Shows the view that the address names.

import { focusOn } from "../dom/element.ts";
import { COVER, OTHERS, readRoute } from "./routes.ts";
import { open, showCover, setPlace, view, type Views } from "./views.ts";
import type { LoadError } from "../app/chunks.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { Locks } from "../state/locks.ts";
import type { PageData } from "../state/page-data.ts";
import type { State } from "../state/state.ts";
import type { Cover } from "./cover.ts";

export interface Navigation {
  /** The page on view; null for other views. */
  readonly current: Page | null;
  /** Whether the cover is shown. */
  readonly covered: boolean;
  /** Whether the trainee has opened contents or search since the page was requested. */
  away(): boolean;
  /**
   * Set it when the trainee opens or closes contents or search: a page that loads meanwhile does
   * not take the focus.
   */
  turn(away: boolean): void;
  /** The last page shown, locked or not; null for the cover. */
  readonly before: Page | null;
  /** Whether the view is still the first one of the course. */
  readonly atStart: boolean;
  /** Shows the view that the address names, or the first one; then follows the address. */
  start(): void;
  go(id: string): void;
  /**
   * Shows the current page again, because its data or state has changed. Scroll and focus stay. A
   * page that is still loading needs no refresh.
   */
  again(): Promise<void>;
  /** Shows the first page as at the beginning. */
  restart(): void;
  /** Shows a view that is not a page: nodes with an h1, which gets the focus. */
  view(...nodes: (Node | string)[]): void;
  /** Updates the pager, because a page may have been unlocked, or shown by a test-out. */
  refresh(): void;
  /** Call it when the outline is complete. `locks` is null if the course has none. */
  complete(locks: Locks | null): void;
  /** Stops following the address. */
  close(): void;
}

/** What the navigation needs. */
export interface NavigationGiven {
  /** Contains the view. */
  main: HTMLElement;
  /** The view before the first page, if there is one. */
  cover: Cover | null;
  /** The Previous and Next buttons. */
  pager: [previous: HTMLElement, next: HTMLElement];
  progress: HTMLElement;
  outline: Outline;
  state: State;
  course: { title: string };
  say: Say;
  load(entry: Page): Promise<PageData>;
  /** Resolves when the outline is complete; rejects if it cannot be loaded. */
  whole(): Promise<void>;
  /** Called with the new article of each page. */
  shown(entry: Page, data: PageData, article: HTMLElement): void;
  /** Called when the view that explains a lock is shown in place of a page. */
  barred(): void;
  /** Called before a page is removed. */
  left(entry: Page): void;
  /** Shows that a page cannot be loaded; null hides that. */
  failed(retry: (() => void) | null, error?: LoadError, page?: Page): void;
  /** Shows the view of an address that is not a page. */
  other(): void;
  /** Called after each view. */
  moved(): void;
}

const nothing = () => null;

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
      if (!views.coming && views.current) await showAgain(views, views.current);
    },
    restart: () => restart(views, pages[0]),
    view: (...nodes) => view(views, ...nodes),
    refresh() {
      if (views.place && (locked || views.place.covers)) setPlace(views, views.place);
    },
    complete(locks) {
      locked = Boolean(locks);
      views.locks = locks ?? views.locks;
      if (views.covered) views.cover?.fill();
      else if (views.place) setPlace(views, views.place);
    },
    close() {
      views.closed = true;
    },
  };
}

/** Shows the view that the address names, or the first one; then follows the address. */
function begin(views: Views) {
  addEventListener("hashchange", () => follow(views));
  // A link to the current address causes no hashchange event.
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

/** Shows the first view of the course. */
function first(views: Views) {
  if (!showCover(views, false)) open(views, views.outline.pages[0], null, false);
}

/** Shows the view that the address names. Returns whether there is one. */
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
  if (entry) open(views, entry, route?.anchor ?? null, focus);
  const awaited = Boolean(route && !entry && views.outline.partial);
  if (awaited) wait(views, focus);
  return awaited || Boolean(entry);
}

/** Follows the address once the outline is complete. */
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

async function showAgain(views: Views, entry: Page) {
  const { main } = views;
  const [focused, top] = [document.activeElement, scrollY];
  const inside = main.contains(focused);
  await open(views, entry, null, false, true);
  scrollTo(0, top);
  if (inside) focusOn(document.getElementById(focused?.id ?? "") ?? main.querySelector("h1"));
}

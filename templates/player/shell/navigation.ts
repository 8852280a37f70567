// The way between views: it follows the address.

import { focusOn } from "../dom/element.js";
import { COVER, OTHERS, readRoute } from "./routes.js";
import { open, showCover, stand, view } from "./views.js";

/** @import {LoadError, Navigation, NavigationGiven, Page, Views} from "../types" */

const nothing = () => null;

/**
 * Shows the views that the address names, and leads to them.
 *
 * @param {NavigationGiven} given
 * @returns {Navigation}
 */
export function createNavigation(given) {
  const { pages } = given.outline;
  /** @type {Views} */
  const views = {
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

  /** @param {string} id */
  function go(id) {
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

/**
 * Shows the view that the address names, or the first one; then follows the address.
 *
 * @param {Views} views
 */
function begin(views) {
  addEventListener("hashchange", () => follow(views));
  // A link to where the address is already changes no address.
  document.addEventListener("click", (event) => {
    const target = /** @type {Partial<Element>} */ (event.target);
    const link = target.closest?.('a[href^="#/"]');
    if (link && link.getAttribute("href") === location.hash) follow(views);
  });
  if (!follow(views, Boolean(readRoute(location.hash)))) first(views);
}

/**
 * @param {Views} views
 * @param {Page} page
 */
function restart(views, page) {
  history.replaceState(null, "", `#/${page.id}`);
  open(views, page, null, true, true);
}

/**
 * Shows the view that the course begins with.
 *
 * @param {Views} views
 */
function first(views) {
  if (!showCover(views, false)) open(views, views.outline.pages[0], null, false);
}

/**
 * Shows the view that the address names. Gives whether it names one.
 *
 * @param {Views} views
 */
function follow(views, focus = true) {
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

/**
 * Follows the address once all pages are known.
 *
 * @param {Views} views
 * @param {boolean} focus
 */
async function wait(views, focus) {
  const { hash } = location;
  try {
    await views.whole();
    if (location.hash !== hash) return;
    const { away } = views;
    if (!follow(views, focus) && !views.place) first(views);
    views.away = away;
  } catch (error) {
    if (location.hash === hash)
      views.failed(() => wait(views, focus), /** @type {LoadError} */ (error));
  }
}

/**
 * @param {Views} views
 * @param {Page} entry
 */
async function showAfresh(views, entry) {
  const { main } = views;
  const [focused, top] = [document.activeElement, scrollY];
  const inside = main.contains(focused);
  await open(views, entry, null, false, true);
  scrollTo(0, top);
  if (inside) focusOn(document.getElementById(focused?.id ?? "") ?? main.querySelector("h1"));
}

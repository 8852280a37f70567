// The way between views: it follows the address.

import { focusOn } from "../dom/element.js";
import { OTHERS, readRoute } from "./routes.js";
import { open, stand, view } from "./views.js";

/** @import {Navigation, NavigationGiven, Page, Views} from "../types" */

const nothing = () => null;

/**
 * Shows the views that the address names, and leads to them.
 *
 * @param {NavigationGiven} given
 * @returns {Navigation}
 */
export function createNavigation(given) {
  const { pages } = given;
  /** @type {Views} */
  const views = {
    ...given,
    locks: given.locks ?? { reason: nothing, view: nothing, tellAhead: nothing },
    go,
    current: null,
    place: null,
    coming: null,
    closed: false,
  };

  /** @param {string} id */
  function go(id) {
    if (location.hash === `#/${id}`) follow(views);
    else location.hash = `#/${id}`;
  }

  return {
    get current() {
      return views.current;
    },
    start() {
      addEventListener("hashchange", () => follow(views));
      // A link to where the address is already changes no address.
      document.addEventListener("click", (event) => {
        const target = /** @type {Partial<Element>} */ (event.target);
        const link = target.closest?.('a[href^="#/"]');
        if (link && link.getAttribute("href") === location.hash) follow(views);
      });
      if (!follow(views, Boolean(readRoute(location.hash)))) open(views, pages[0], null, false);
    },
    go,
    async again() {
      if (!views.coming && views.current) await showAfresh(views, views.current);
    },
    restart() {
      history.replaceState(null, "", `#/${pages[0].id}`);
      open(views, pages[0], null, true, true);
    },
    view: (...nodes) => view(views, ...nodes),
    refresh() {
      if (views.place && given.locks) stand(views, views.place);
    },
    close() {
      views.closed = true;
    },
  };
}

/**
 * Shows the view that the address names. Gives whether it names one.
 *
 * @param {Views} views
 */
function follow(views, focus = true) {
  const { hash } = location;
  if (views.closed) return false;
  if (OTHERS.test(hash)) {
    views.other();
    return true;
  }
  const route = readRoute(hash);
  const id = hash ? route?.page : views.pages[0].id;
  const entry = views.pages.find((page) => page.id === id);
  if (entry) open(views, entry, route?.heading ?? null, focus);
  return Boolean(entry);
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

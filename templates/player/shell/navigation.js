// Views and the way between them: #/page, #/page/heading, #about and #comments.

import { focusOn, html, uncover } from "../dom/element.js";

/** @import {LoadError, Locks, Navigation, Page, PageData, Say} from "../types" */

const OTHERS = /^#(about|comments)$/;

/**
 * The page id and heading id of an address like #/page/heading; null for any other.
 *
 * @param {string} hash
 */
export function readRoute(hash) {
  const found = /^#\/([a-z0-9-]+)(?:\/(.+))?$/.exec(hash);
  return found && { page: found[1] ?? "", heading: found[2] ? decoded(found[2]) : null };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Shows views in `main`. `pages` is the outline's list, `load(entry)` gives a promise of a page's
 * data, `shown(page, article)` is called with each page's fresh article, `left()` before it goes.
 * `failed(retry, error)` says that a page cannot be loaded. `locks` are those of locks.js, null where the
 * course has none: a view of why it is locked stands in for a page, and `barred()` is called.
 *
 * @param {{main: HTMLElement, pager: [HTMLElement, HTMLElement], progress: HTMLElement, bar: HTMLElement, pages: Page[], course: {title: string}, say: Say, locks: Locks | null, load: (entry: Page) => Promise<PageData>, shown: (entry: Page, data: PageData, article: HTMLElement) => void, barred: () => void, left: (entry: Page) => void, failed: (retry: (() => void) | null, error?: LoadError) => void, other: () => void}} parts
 * @returns {Navigation}
 */
export function createNavigation({
  main,
  pager,
  progress,
  bar,
  pages,
  course,
  say,
  locks,
  load,
  shown,
  barred,
  left,
  failed,
  other,
}) {
  const article = () => /** @type {HTMLElement} */ (main.firstElementChild);
  const ids = new Set(pages.map(({ id }) => id));
  const [previous, next] = pager;
  /** @type {Page | null} */
  let current = null;
  /** @type {Page | null} */
  let place = null;
  let wanted = 0;
  // Whether a page is on its way.
  let coming = false;
  let closed = false;

  const route = () => readRoute(location.hash);
  const first = () => /** @type {Page} */ (pages[0]);

  /**
   * @param {string} id
   * @param {string | null} heading
   */
  async function open(id, heading, focus = true, afresh = false) {
    const entry = pages.find((page) => page.id === id);
    if (!entry) return;
    wanted += 1;
    const ticket = wanted;
    coming = false;
    if (current?.id === id && !afresh) {
      failed(null);
      if (focus) reveal(heading);
      return;
    }
    const locked = locks?.view(entry);
    if (locked) {
      failed(null);
      view(...locked);
      around(entry);
      barred();
      return;
    }
    coming = true;
    try {
      const data = await load(entry);
      if (ticket !== wanted || closed) return;
      coming = false;
      failed(null);
      show(entry, data);
      if (focus) reveal(heading);
      shown(entry, data, article());
    } catch (error) {
      if (ticket !== wanted || closed) return;
      coming = false;
      failed(() => open(id, heading), /** @type {LoadError} */ (error));
    }
  }

  /**
   * @param {Page} entry
   * @param {PageData} data
   */
  function show(entry, data) {
    if (current || article()?.dataset.page !== entry.id) {
      leave();
      main.replaceChildren(html("article", { class: "page", "data-page": entry.id }, data.html));
    }
    writeDays();
    current = entry;
    title(entry.title);
    around(entry);
  }

  /**
   * Say which page this is of how many, and lead to the nearest ones that are open.
   *
   * @param {Page} entry
   */
  function around(entry) {
    place = entry;
    const at = pages.indexOf(entry);
    /** @param {Page} page */
    const isOpen = (page) => !locks?.reason(page);
    label(previous, "previous", pages.slice(0, at).reverse().find(isOpen));
    label(next, "next", pages.slice(at + 1).find(isOpen));
    locks?.tellAhead(pages[at + 1], previous);
    progress.textContent = say("progress", { n: at + 1, of: pages.length });
    bar.style.setProperty("--done", String((at + 1) / pages.length));
  }

  function writeDays() {
    for (const day of main.querySelectorAll("time")) day.textContent = say.day(day.dateTime);
  }

  /**
   * @param {HTMLElement} button
   * @param {string} key
   * @param {Page | undefined} target
   */
  function label(button, key, target) {
    button.hidden = !target;
    button.textContent = target ? say(key, { title: target.title }) : "";
    button.onclick = () => target && go(target.id);
  }

  /** @param {string | null} heading */
  function reveal(heading) {
    const target = heading && document.getElementById(heading);
    if (target) {
      uncover(target);
      target.scrollIntoView();
    } else scrollTo(0, 0);
    focusOn(target || main.querySelector("h1"));
  }

  /** @param {string} words */
  const title = (words) => {
    document.title = `${words} – ${course.title}`;
  };

  function leave() {
    if (current) left(current);
    current = null;
    place = null;
  }

  /** @param {...(Node | string)} nodes */
  function view(...nodes) {
    wanted += 1;
    coming = false;
    leave();
    main.replaceChildren(html("article", { class: "page" }, ""));
    article().append(...nodes);
    writeDays();
    title(main.querySelector("h1")?.textContent ?? "");
    for (const button of pager) button.hidden = true;
    locks?.tellAhead();
    progress.textContent = "";
    reveal(null);
  }

  /** @param {string} id */
  function go(id) {
    if (location.hash === `#/${id}`) open(id, null);
    else location.hash = `#/${id}`;
  }

  function follow(focus = true) {
    if (closed) return false;
    if (OTHERS.test(location.hash)) {
      other();
      return true;
    }
    const to = route();
    if (to && ids.has(to.page)) open(to.page, to.heading, focus);
    else if (!location.hash) open(first().id, null, focus);
    else return false;
    return true;
  }

  return {
    /** The outline's entry of the page on view, null on any other view. */
    get current() {
      return current;
    },
    /** Show the page that the address names, or the first; later, follow the address. */
    start() {
      addEventListener("hashchange", () => follow());
      // A link to where the address is already changes no address.
      document.addEventListener("click", (event) => {
        const target = /** @type {Partial<Element>} */ (event.target);
        const link = target.closest?.('a[href^="#/"]');
        if (link && link.getAttribute("href") === location.hash) follow();
      });
      if (!follow(Boolean(route()))) open(first().id, null, false);
    },
    go,
    /**
     * Show the page on view afresh, because more is known of it; place and focus stay. One that is on
     * its way comes as fresh.
     */
    async again() {
      if (coming || !current) return;
      const [focused, top] = [document.activeElement, scrollY];
      const inside = main.contains(focused);
      await open(current.id, null, false, true);
      scrollTo(0, top);
      if (inside) focusOn(document.getElementById(focused?.id ?? "") ?? main.querySelector("h1"));
    },
    /** Show the first page as if for the first time. */
    restart() {
      history.replaceState(null, "", `#/${first().id}`);
      open(first().id, null, true, true);
    },
    /** Show a view that is not a page: nodes with an h1, which gets the focus. */
    view,
    /** A page may have opened meanwhile. */
    refresh() {
      if (place && locks) around(place);
    },
    /** Follow the address no longer. */
    close() {
      closed = true;
    },
  };
}

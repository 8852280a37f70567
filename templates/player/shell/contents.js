// The list of pages with what has been done, opened by the Contents button.

import { closeOnEscape, el } from "../dom/element.js";

/** @import {Module, Outline, Page} from "../types" */

// So many entries take a few milliseconds; a list of 1,000 is built in pieces between which the
// trainee can act.
const PIECE = 50;

/**
 * `status(page)` gives the words of an outline entry, `locked(page)` those of one that is not open,
 * else null; `current()` is the entry on view. The list is built when it is first opened.
 *
 * @param {{toggle: HTMLElement, nav: HTMLElement, outline: Outline, status: (page: Page) => string, locked: (page: Page) => string | null, current: () => Page | null}} parts
 */
export function createContents({ toggle, nav, outline, status, locked, current }) {
  /** @type {Map<Page, {link: HTMLElement, words: HTMLElement}>} */
  const entries = new Map();
  let built = false;

  /** @param {boolean} yes */
  function open(yes) {
    toggle.setAttribute("aria-expanded", String(yes));
    nav.hidden = !yes;
    if (!yes) return;
    if (!built) build();
    refresh();
  }

  function build() {
    built = true;
    const todo = outline.modules.flatMap(planModule(outline.pages));
    const some = () => {
      for (const add of todo.splice(0, PIECE)) add();
      refresh();
      if (todo.length) setTimeout(some);
    };
    some();
  }

  /**
   * @param {Page[]} pages
   * @returns {(module: Module) => (() => void)[]}
   */
  function planModule(pages) {
    let at = 0;
    return ({ title, count }) => {
      const list = el("ol");
      const members = pages.slice(at, (at += count));
      const begin = () => nav.append(...(title ? [el("h2", {}, title)] : []), list);
      return [
        begin,
        ...members.map((page) => () => {
          list.append(el("li", {}, entry(page).link));
          write(page);
        }),
      ];
    };
  }

  /** @param {Page} page */
  function entry(page) {
    const words = el("span", { class: "contents-status" });
    const left = () => {
      if (link.hasAttribute("href")) close();
    };
    const link = el("a", { onclick: left }, el("span", {}, page.title), " ", words);
    const made = { link, words };
    entries.set(page, made);
    return made;
  }

  /** @param {Page} page */
  function write(page) {
    const { link, words } = entries.get(page) ?? entry(page);
    const why = locked(page);
    const now = why ?? status(page);
    if (words.textContent !== now) words.textContent = now;
    // Without an address it is no link, but text.
    if (why) link.removeAttribute("href");
    else if (!link.hasAttribute("href")) link.setAttribute("href", `#/${page.id}`);
    if (page === current()) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }

  function refresh() {
    if (!nav.hidden) for (const page of entries.keys()) write(page);
  }

  // The focus waits on the button: a page that comes takes it, one that does not come cannot.
  function close() {
    open(false);
    toggle.focus();
  }

  toggle.onclick = () => open(Boolean(nav.hidden));
  closeOnEscape(toggle, nav, close);

  return { refresh, close: () => open(false) };
}

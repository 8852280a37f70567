// The list of pages with what has been done, opened by the Contents button.

import { closeOnEscape, el } from "../dom/element.js";

/** @import {Outline, Page} from "../types" */
/** @typedef {{link: HTMLElement, words: HTMLElement}} Entry */
/**
 * @typedef {object} Given
 * @property {HTMLElement} toggle
 * @property {HTMLElement} nav
 * @property {Outline} outline
 * @property {(page: Page) => string} status The words for a page's status.
 * @property {(page: Page) => string | null} locked Why a page is not open, else null.
 * @property {() => Page | null} current The page on view.
 */

// So many entries take a few milliseconds; a list of 1,000 is built in pieces between which the
// trainee can act.
const PIECE = 50;

/**
 * The list is built when it is first opened.
 *
 * @param {Given} given
 */
export function createContents(given) {
  const { toggle, nav, outline } = given;
  /** @type {Map<Page, Entry>} */
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
    const todo = plan(outline, nav, add);
    const some = () => {
      for (const act of todo.splice(0, PIECE)) act();
      refresh();
      if (todo.length) setTimeout(some);
    };
    some();
  }

  /**
   * @param {HTMLElement} list
   * @param {Page} page
   */
  function add(list, page) {
    const entry = entryOf(page, close);
    entries.set(page, entry);
    list.append(el("li", {}, entry.link));
    write(page, entry, given);
  }

  function refresh() {
    if (!nav.hidden) for (const [page, entry] of entries) write(page, entry, given);
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

/**
 * The steps that build the list: each module begins with its title, then comes each page.
 *
 * @param {Outline} outline
 * @param {HTMLElement} nav
 * @param {(list: HTMLElement, page: Page) => void} add
 */
function plan({ modules, pages }, nav, add) {
  let at = 0;
  return modules.flatMap(({ title, count }) => {
    const list = el("ol");
    const members = pages.slice(at, at + count);
    at += count;
    return [
      () => nav.append(...(title ? [el("h2", {}, title)] : []), list),
      ...members.map((page) => () => add(list, page)),
    ];
  });
}

/**
 * @param {Page} page
 * @param {() => void} close
 * @returns {Entry}
 */
function entryOf(page, close) {
  const words = el("span", { class: "contents-status" });
  const left = () => {
    if (link.hasAttribute("href")) close();
  };
  const link = el("a", { onclick: left }, el("span", {}, page.title), " ", words);
  return { link, words };
}

/**
 * Writes how a page stands into its entry.
 *
 * @param {Page} page
 * @param {Entry} entry
 * @param {Given} given
 */
function write(page, { link, words }, { status, locked, current }) {
  const why = locked(page);
  const now = why ?? status(page);
  if (words.textContent !== now) words.textContent = now;
  // Without an address it is no link, but text.
  if (why) link.removeAttribute("href");
  else if (!link.hasAttribute("href")) link.setAttribute("href", `#/${page.id}`);
  if (page === current()) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}

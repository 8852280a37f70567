// The entries of the contents: pages by their modules, each with how it stands.

import { el } from "../dom/element.js";

/** @import {Outline, Page, PageStatus, Say} from "../types" */
/**
 * @typedef {object} Entry
 * @property {HTMLElement} item
 * @property {HTMLElement} link
 * @property {HTMLElement} words How it stands.
 * @property {HTMLElement} minutes
 * @property {() => void} left Called when a trainee follows it.
 */
/**
 * @typedef {object} Given
 * @property {HTMLElement} nav
 * @property {Outline} outline
 * @property {(page: Page) => PageStatus} status
 * @property {(page: Page) => string | null} locked Why a page is not open, else null.
 * @property {() => Page | null} current The page on view.
 * @property {Say} say
 */

// So many entries take a few milliseconds; a list of 1,000 is built in pieces between which the
// trainee can act.
const PIECE = 50;
/** @type {PageStatus[]} */
const DONE = ["visited", "done", "quiz_passed"];

/** @param {PageStatus} status */
export const isDone = (status) => DONE.includes(status);

/**
 * `build(done)` puts the entries in place, and calls `done` after each piece of them; `refresh()`
 * writes how the pages stand. `left` is called when a trainee follows an entry.
 *
 * @param {Given} given
 * @param {() => void} left
 */
export function createList(given, left) {
  const { nav, outline } = given;
  /** @type {Map<Page, Entry>} */
  const entries = new Map();

  /**
   * @param {HTMLElement} list
   * @param {Page} page
   */
  function add(list, page) {
    const entry = entryOf(page, left);
    entries.set(page, entry);
    list.append(entry.item);
    write(page, entry, given);
  }

  return {
    /** @param {() => void} done */
    build: (done) => inPieces(plan(outline, nav, add), done),
    refresh() {
      for (const [page, entry] of entries) write(page, entry, given);
    },
  };
}

/**
 * @param {(() => void)[]} todo
 * @param {() => void} done Called after each piece.
 */
function inPieces(todo, done) {
  for (const act of todo.splice(0, PIECE)) act();
  done();
  if (todo.length) setTimeout(() => inPieces(todo, done));
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
 * @param {() => void} left
 * @returns {Entry}
 */
function entryOf(page, left) {
  const words = el("span", { class: "contents-status" });
  const minutes = el("span", { class: "contents-minutes" });
  const link = el("a", {}, el("span", {}, page.title), " ", words, " ", minutes);
  return { item: el("li", {}, link), link, words, minutes, left };
}

/**
 * Writes how a page stands into its entry.
 *
 * @param {Page} page
 * @param {Entry} entry
 * @param {Given} given
 */
function write(page, { item, link, words, minutes, left }, { status, locked, current, say }) {
  const why = locked(page);
  const stands = status(page);
  tell(words, why ?? say(stands));
  const done = isDone(stands);
  item.className = done ? "done" : why ? "locked" : stands;
  tell(minutes, done || why ? "" : say("minutes_short", { n: page.minutes }));
  // Without an address it is no link, but text, which nobody presses.
  link.onclick = why ? null : left;
  if (why) link.removeAttribute("href");
  else if (!link.hasAttribute("href")) link.setAttribute("href", `#/${page.id}`);
  if (page === current()) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}

/**
 * All entries are written after each piece of them: what stays is not touched.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

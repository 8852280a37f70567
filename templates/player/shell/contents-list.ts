// The entries of the contents: pages by their modules, each with how it stands.

import { el } from "../dom/element.js";
import { createGroup, groupsOf } from "./contents-group.js";

/** @import {Outline, Page, PageStatus, Say} from "../types" */
/** @typedef {ReturnType<typeof createGroup>} Group */
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

// So many steps take a few milliseconds; a list of 1,000 is built in pieces between which the
// trainee can act.
const PIECE = 50;
/** @type {PageStatus[]} */
const DONE = ["visited", "done", "quiz_passed"];

/** @param {PageStatus} status */
export const isDone = (status) => DONE.includes(status);

/**
 * `build(done)` puts the entries in place, and calls `done` after each piece of them; `refresh()`
 * writes how the pages stand, opens the group of the page on view and folds finished ones. `left`
 * is called when a trainee follows an entry.
 *
 * @param {Given} given
 * @param {() => void} left
 */
export function createList(given, left) {
  const { nav, outline, say, current, status } = given;
  /** @type {Map<Page, Entry>} */
  const entries = new Map();
  /** @type {Group[]} */
  const groups = [];
  /** @type {Page | null} */
  let followed = null;

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

  /** @param {ReturnType<typeof groupsOf>[number]} part */
  function addGroup(part) {
    const group = createGroup(part, groups.length, {
      add,
      say,
      done: (page) => isDone(status(page)),
    });
    groups.push(group);
    nav.append(...group.elements);
    group.refresh(current(), outline.pages.length <= PIECE);
  }

  return {
    /** @param {() => void} done */
    build: (done) =>
      inPieces(
        groupsOf(outline, PIECE, say).map((part) => () => addGroup(part)),
        done,
      ),
    refresh() {
      const page = current();
      for (const group of groups) group.refresh(page, outline.pages.length <= PIECE);
      for (const [one, entry] of entries) write(one, entry, given);
      const entry = page && entries.get(page);
      if (entry && page !== followed) bringIntoView(nav, entry.link);
      followed = entry ? page : null;
    },
    /** The trainee has not seen where the page on view stands. */
    forget() {
      followed = null;
    },
  };
}

/**
 * The list scrolls so far that a link is in its middle, where it was not in sight. The page stays.
 *
 * @param {HTMLElement} nav
 * @param {HTMLElement} link
 */
function bringIntoView(nav, link) {
  const [around, { top, bottom, height }] = [nav, link].map((it) => it.getBoundingClientRect());
  if (top < around.top || bottom > around.bottom)
    nav.scrollTop += top - around.top - (around.height - height) / 2;
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

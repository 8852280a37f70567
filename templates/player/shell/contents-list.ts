// The entries of the contents: pages by their modules, each with how it stands.

import { el } from "../dom/element.ts";
import { createGroup, groupsOf } from "./contents-group.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { PageStatus } from "../state/progress.ts";

type Group = ReturnType<typeof createGroup>;
interface Entry {
  item: HTMLElement;
  link: HTMLElement;
  /** How it stands. */
  words: HTMLElement;
  minutes: HTMLElement;
  /** Called when a trainee follows it. */
  left: () => void;
}
interface Given {
  nav: HTMLElement;
  outline: Outline;
  status: (page: Page) => PageStatus;
  /** Why a page is not open, else null. */
  locked: (page: Page) => string | null;
  /** The page on view. */
  current: () => Page | null;
  say: Say;
}

// So many steps take a few milliseconds; a list of 1,000 is built in pieces between which the
// trainee can act.
const PIECE = 50;
const DONE: PageStatus[] = ["visited", "done", "quiz_passed"];

export const isDone = (status: PageStatus) => DONE.includes(status);

/**
 * `build(done)` puts the entries in place, and calls `done` after each piece of them; `refresh()`
 * writes how the pages stand, opens the group of the page on view and folds finished ones. `left`
 * is called when a trainee follows an entry.
 */
export function createList(given: Given, left: () => void) {
  const { nav, outline, say, current, status } = given;
  const entries = new Map<Page, Entry>();
  const groups: Group[] = [];
  let followed: Page | null = null;

  function add(list: HTMLElement, page: Page) {
    const entry = entryOf(page, left);
    entries.set(page, entry);
    list.append(entry.item);
    write(page, entry, given);
  }

  function addGroup(part: ReturnType<typeof groupsOf>[number]) {
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
    build: (done: () => void) =>
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
 */
function bringIntoView(nav: HTMLElement, link: HTMLElement) {
  const [around, { top, bottom, height }] = [nav, link].map((it) => it.getBoundingClientRect());
  if (top < around.top || bottom > around.bottom)
    nav.scrollTop += top - around.top - (around.height - height) / 2;
}

/** @param done Called after each piece. */
function inPieces(todo: (() => void)[], done: () => void) {
  for (const act of todo.splice(0, PIECE)) act();
  done();
  if (todo.length) setTimeout(() => inPieces(todo, done));
}

function entryOf(page: Page, left: () => void): Entry {
  const words = el("span", { class: "contents-status" });
  const minutes = el("span", { class: "contents-minutes" });
  const link = el("a", {}, el("span", {}, page.title), " ", words, " ", minutes);
  return { item: el("li", {}, link), link, words, minutes, left };
}

/** Writes how a page stands into its entry. */
function write(
  page: Page,
  { item, link, words, minutes, left }: Entry,
  { status, locked, current, say }: Given,
) {
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

/** All entries are written after each piece of them: what stays is not touched. */
function tell(element: HTMLElement, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

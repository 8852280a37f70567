// The entries of the contents list: pages by module, with their status.

import { el } from "../dom/element.ts";
import { showFirstTries } from "./first-tries.ts";
import { nextTask } from "../dom/next-task.ts";
import { createGroup, groupsOf } from "./contents-group.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { FirstTries } from "../state/first-tries.ts";
import type { PageStatus } from "../state/progress.ts";

type Group = ReturnType<typeof createGroup>;
interface Entry {
  item: HTMLElement;
  link: HTMLElement;
  title: HTMLElement;
  /** Shows the status. */
  words: HTMLElement;
  minutes: HTMLElement;
  practice: HTMLElement;
  /** Called when the trainee follows the link. */
  left: () => void;
}
interface Given {
  nav: HTMLElement;
  outline: Outline;
  status: (page: Page) => PageStatus;
  practice: (page: Page) => FirstTries;
  /** Why a page is locked; null if it is open. */
  locked: (page: Page) => string | null;
  /** The page on view. */
  current: () => Page | null;
  say: Say;
}

// Number of groups built in one task of a few milliseconds. A list of 1,000 pages is built in
// several, so that the page stays responsive.
const PIECE = 50;
const DONE: PageStatus[] = ["visited", "shown", "no_attempts", "done", "quiz_passed"];

export const isDone = (status: PageStatus) => DONE.includes(status);

/**
 * `build(added)` adds the groups, and calls `added`, which has to refresh the list, after each
 * piece; `refresh()` updates all statuses and unfolds the group of the current page. `done(page)`
 * tells whether a page is done. `left` is called when the trainee follows a link.
 */
export function createList(given: Given, done: (page: Page) => boolean, left: () => void) {
  const { nav, outline, say, current } = given;
  const entries = new Map<Page, Entry>();
  const groups: Group[] = [];
  let followed: Page | null = null;

  function add(list: HTMLElement, page: Page) {
    const entry = entryOf(left);
    entries.set(page, entry);
    list.append(entry.item);
    write(page, entry, given);
  }

  function addGroup(part: ReturnType<typeof groupsOf>[number]) {
    const group = createGroup(part, groups.length, { add, say, done });
    groups.push(group);
    nav.append(...group.elements);
  }

  return {
    build: (added: () => void) =>
      inPieces(
        groupsOf(outline, PIECE, say).map((part) => () => addGroup(part)),
        added,
      ),
    refresh() {
      const page = current();
      for (const [one, entry] of entries) write(one, entry, given);
      // A group writes the entries that it adds.
      for (const group of groups) group.refresh(page, outline.pages.length <= PIECE);
      const entry = page && entries.get(page);
      if (entry && page !== followed) nextTask().then(() => bringIntoView(nav, entry.link));
      followed = entry ? page : null;
    },
    /** Call it when the list is hidden: the next refresh scrolls to the current page. */
    forget() {
      followed = null;
    },
  };
}

/**
 * Scrolls the list, but not the page, to center a link that is out of sight. Call it in a task of
 * its own: it makes the browser lay out the page.
 */
function bringIntoView(nav: HTMLElement, link: HTMLElement) {
  const [around, { top, bottom, height }] = [nav, link].map((it) => it.getBoundingClientRect());
  if (top < around.top || bottom > around.bottom)
    nav.scrollTop += top - around.top - (around.height - height) / 2;
}

/** @param added Called after each piece. */
function inPieces(todo: (() => void)[], added: () => void) {
  for (const act of todo.splice(0, PIECE)) act();
  added();
  if (todo.length) setTimeout(() => inPieces(todo, added));
}

function entryOf(left: () => void): Entry {
  const words = el("span", { class: "contents-status" });
  const minutes = el("span", { class: "contents-minutes" });
  const title = el("span");
  const practice = el("span", { class: "contents-practice" });
  const link = el("a", {}, title, " ", words, " ", minutes, " ", practice);
  return { item: el("li", {}, link), link, title, words, minutes, practice, left };
}

/** Updates the entry of a page. */
function write(
  page: Page,
  { item, link, title, words, minutes, practice, left }: Entry,
  { status, practice: practiceOf, locked, current, say }: Given,
) {
  const why = locked(page);
  setText(title, page.title);
  if (page.lang) title.lang = page.lang;
  else title.removeAttribute("lang");
  const pageStatus = status(page);
  setText(words, why ?? say(pageStatus));
  const done = isDone(pageStatus);
  item.className = done ? "done" : why ? "locked" : pageStatus;
  showFirstTries(item, practice, done ? practiceOf(page) : null, say);
  setText(minutes, done || why ? "" : say("minutes_short", { n: page.minutes }));
  // Without href it is text, which is not focusable.
  link.onclick = why ? null : left;
  if (why) link.removeAttribute("href");
  else if (!link.hasAttribute("href")) link.setAttribute("href", `#/${page.id}`);
  if (page === current()) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}

/** Skips unchanged text, because all entries are updated after each piece. */
export function setText(element: HTMLElement, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

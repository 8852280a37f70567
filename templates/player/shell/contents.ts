// The list of pages with what has been done: at the side where there is room, else behind its
// button.

import { closeOnEscape, el } from "../dom/element.ts";
import { createList, isDone } from "./contents-list.ts";
import { createTally } from "./tally.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { PageStatus } from "../state/progress.ts";

interface Given {
  toggle: HTMLElement;
  nav: HTMLElement;
  /** The line of progress. */
  bar: HTMLElement;
  /** Of the course. */
  title: string;
  outline: Outline;
  status: (page: Page) => PageStatus;
  /** The name of the view after the last page. */
  end: string;
  /** Why a page is not open, else null. */
  locked: (page: Page) => string | null;
  /** The page on view. */
  current: () => Page | null;
  /** Whether the cover is on view. */
  covered: () => boolean;
  /** Whether the trainee has opened it since the page was asked for. */
  away: () => boolean;
  /** Hears that they have, or have closed it. */
  turned: (yes: boolean) => void;
  say: Say;
}

// As wide as the styles ask for before they put the contents at the side.
const WIDE = "(min-width: 64em)";

/** The list is built when it is first opened. */
export function createContents(given: Given) {
  const { toggle, nav, bar, say } = given;
  const wide = matchMedia(WIDE);
  const tally = createTally({ bar, say, isDone: (page) => isDone(given.status(page)) });
  const list = createList(given, left);
  const end = endLink(given.end, left);
  let built = false;
  // Whoever has closed it at the side wants the room.
  let unwanted = false;

  function open(yes: boolean) {
    toggle.setAttribute("aria-expanded", String(yes));
    nav.hidden = !yes;
    document.body.classList.toggle("with-contents", yes);
    if (yes && !built) {
      built = true;
      nav.append(el("p", { class: "contents-course" }, given.title), tally.element);
      list.build(() => [nav.append(end), refresh()]);
    } else refresh();
  }

  function refresh() {
    tally.refresh(given.outline.pages);
    list[nav.hidden ? "forget" : "refresh"]();
  }

  // The focus waits on the button: a page that comes takes it, one that does not come cannot.
  function left() {
    if (wide.matches) return;
    open(false);
    toggle.focus();
  }

  function close() {
    unwanted = wide.matches;
    given.turned(false);
    open(false);
    toggle.focus();
  }

  const fit = () => open(wide.matches && !unwanted && !given.covered());
  const moved = () => (given.away() ? refresh() : fit());

  toggle.onclick = () => {
    if (!nav.hidden) return close();
    unwanted = false;
    given.turned(true);
    open(true);
  };
  closeOnEscape(toggle, nav, close);
  closeWhenLeft(toggle, nav, () => wide.matches || [given.turned(false), open(false)]);
  wide.addEventListener("change", fit);
  // Whoever has pressed the button already opens it by that.
  if (document.activeElement === toggle) open(false);
  else fit();

  return { refresh, moved, close: () => open(false) };
}

const endLink = (title: string, left: () => void) =>
  el("p", { class: "contents-end" }, el("a", { href: "#end", onclick: left }, title));

/** A list that lies over the page goes when the trainee turns to the page. */
function closeWhenLeft(toggle: HTMLElement, nav: HTMLElement, close: () => void) {
  const outside = (target: EventTarget | null) =>
    target instanceof Node && !nav.contains(target) && !toggle.parentElement?.contains(target);
  for (const type of ["focusin", "pointerdown"]) {
    document.addEventListener(type, ({ target }) => {
      if (!nav.hidden && outside(target)) close();
    });
  }
}

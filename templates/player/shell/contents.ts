// The list of pages with what has been done: at the side where there is room, else behind its
// button.

import { closeOnEscape, el } from "../dom/element.js";
import { createList, isDone } from "./contents-list.js";
import { createTally } from "./tally.js";

/** @import {Outline, Page, PageStatus, Say} from "../types" */
/**
 * @typedef {object} Given
 * @property {HTMLElement} toggle
 * @property {HTMLElement} nav
 * @property {HTMLElement} bar The line of progress.
 * @property {string} title Of the course.
 * @property {Outline} outline
 * @property {(page: Page) => PageStatus} status
 * @property {string} end The name of the view after the last page.
 * @property {(page: Page) => string | null} locked Why a page is not open, else null.
 * @property {() => Page | null} current The page on view.
 * @property {() => boolean} covered Whether the cover is on view.
 * @property {() => boolean} away Whether the trainee has opened it since the page was asked for.
 * @property {(yes: boolean) => void} turned Hears that they have, or have closed it.
 * @property {Say} say
 */

// As wide as the styles ask for before they put the contents at the side.
const WIDE = "(min-width: 64em)";

/**
 * The list is built when it is first opened.
 *
 * @param {Given} given
 */
export function createContents(given) {
  const { toggle, nav, bar, say } = given;
  const wide = matchMedia(WIDE);
  const tally = createTally({ bar, say, isDone: (page) => isDone(given.status(page)) });
  const list = createList(given, left);
  const end = endLink(given.end, left);
  let built = false;
  // Whoever has closed it at the side wants the room.
  let unwanted = false;

  /** @param {boolean} yes */
  function open(yes) {
    toggle.setAttribute("aria-expanded", String(yes));
    nav.hidden = !yes;
    document.body.classList.toggle("with-contents", yes);
    if (yes && !built) {
      built = true;
      nav.append(el("p", { class: "contents-course" }, given.title), tally.element);
      list.build(() => [nav.append(end), refresh()]);
    }
    refresh();
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

/**
 * @param {string} title
 * @param {() => void} left
 */
const endLink = (title, left) =>
  el("p", { class: "contents-end" }, el("a", { href: "#end", onclick: left }, title));

/**
 * A list that lies over the page goes when the trainee turns to the page.
 *
 * @param {HTMLElement} toggle
 * @param {HTMLElement} nav
 * @param {() => void} close
 */
function closeWhenLeft(toggle, nav, close) {
  /** @param {EventTarget | null} target */
  const outside = (target) =>
    target instanceof Node && !nav.contains(target) && !toggle.parentElement?.contains(target);
  for (const type of ["focusin", "pointerdown"]) {
    document.addEventListener(type, ({ target }) => {
      if (!nav.hidden && outside(target)) close();
    });
  }
}

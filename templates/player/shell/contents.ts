// The contents list: at the side if the window is wide enough, otherwise behind its button.

import { button, closeOnEscape, closeWhenLeft, el } from "../dom/element.ts";
import { nextTask } from "../dom/next-task.ts";
import { createList, isDone, setText } from "./contents-list.ts";
import { createTally } from "./tally.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { FirstTries } from "../state/first-tries.ts";
import type { PageStatus } from "../state/progress.ts";

interface Given {
  toggle: HTMLElement;
  nav: HTMLElement;
  /** The progress line in the header. */
  bar: HTMLElement;
  course: { title: string };
  outline: Outline;
  status: (page: Page) => PageStatus;
  practice: (page: Page) => FirstTries;
  /** Why a page is locked; null if it is open. */
  locked: (page: Page) => string | null;
  /** The page on view. */
  current: () => Page | null;
  /** Whether the view has no contents at its side: the cover, the result, a closed course. */
  covered: () => boolean;
  /** Whether the trainee has opened the contents since the page was requested. */
  away: () => boolean;
  /** Called when the trainee opens or closes the contents. */
  turned: (yes: boolean) => void;
  say: Say;
}

// The width at which the style sheet puts the contents at the side.
const WIDE = "(min-width: 64em)";

/** What is around the list: the course's title, the search on phones, and the way to its end. */
function createFrame({ course, say }: Given, left: () => void) {
  const title = el("p", { class: "contents-course" });
  const search = button("", () => {}, { class: "quiet contents-search", hidden: true });
  const end = el("a", { href: "#end", onclick: left });
  return {
    first: [title, search],
    search,
    last: el("p", { class: "contents-end" }, end),
    refresh() {
      setText(title, course.title);
      const own = document.getElementById("search-button")?.cloneNode(true);
      if (own && own.textContent !== search.textContent) search.replaceChildren(...own.childNodes);
      setText(end, say("end"));
    },
  };
}

/** Which pages were done when last looked at: the status of 1,000 pages takes a while. */
function rememberDone({ outline, status }: Given) {
  let done = new Set<Page>();
  return {
    has: (page: Page) => done.has(page),
    look() {
      done = new Set(outline.pages.filter((page) => isDone(status(page))));
    },
  };
}

/** What the list consists of: its frame, the tally and the pages. */
function createParts(given: Given, left: () => void) {
  const { nav, bar, say } = given;
  const finished = rememberDone(given);
  const tally = createTally({ bar, say, isDone: finished.has });
  const list = createList(given, finished.has, left);
  const frame = createFrame(given, left);

  function refresh() {
    finished.look();
    frame.refresh();
    tally.refresh(given.outline);
    list[nav.hidden ? "forget" : "refresh"]();
  }

  return {
    refresh,
    build() {
      nav.append(...frame.first, tally.element);
      list.build(() => [nav.append(frame.last), refresh()]);
    },
    /** Adds a way to the search, for windows whose header has no room for it. */
    searches(search: (from: HTMLElement) => void) {
      frame.search.hidden = false;
      frame.search.onclick = () => {
        frame.search.focus();
        search(frame.search);
      };
    },
  };
}

/** The list is built when it is first opened. */
export function createContents(given: Given) {
  const { toggle, nav } = given;
  const wide = matchMedia(WIDE);
  const { refresh, build, searches } = createParts(given, left);
  let built = false;
  // The trainee has closed it at the side, to have more room.
  let unwanted = false;

  function open(yes: boolean) {
    toggle.setAttribute("aria-expanded", String(yes));
    nav.hidden = !yes;
    document.body.classList.toggle("with-contents", yes);
    if (yes && !built) {
      built = true;
      build();
    } else refresh();
  }

  // The button keeps the focus until the page is shown, in case the page does not load.
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

  toggle.onclick = () => {
    if (!nav.hidden) return close();
    unwanted = false;
    given.turned(true);
    open(true);
  };
  closeOnEscape(toggle, nav, close);
  const header = toggle.parentElement;
  closeWhenLeft(header, nav, () => wide.matches || [given.turned(false), open(false)]);
  wide.addEventListener("change", fit);
  // The button was pressed before this script loaded; its click will open the list.
  if (document.activeElement === toggle) open(false);
  else nextTask().then(() => built || fit());
  return {
    refresh,
    moved: () => (given.away() ? refresh() : fit()),
    close: () => open(false),
    searches,
  };
}

// “Exit this page”: away at once, with nothing left to see. After GOV.UK's component of that name.

import { createHiding } from "./hiding.ts";
import { forgetLeft, hidePlace, rememberLeft } from "./left-mark.ts";
import { watchShift } from "./shift-presses.ts";

// Leaving tells the LMS, which may hold the browser up: the blank page has to be painted before.
const PAINTED = 50;
// A browser may refuse to leave the LMS's frame without saying so.
const REFUSED = 3000;

const isLeft = () => document.documentElement.classList.contains("leaving");

/** The window whose fresh load opens the course again: the LMS's, or the outermost in reach. */
function launcher() {
  let reached = window as Window & { API?: unknown };
  try {
    while (!reached.API && reached !== reached.parent && reached.parent.location.href)
      reached = reached.parent;
  } catch {
    // An LMS on another site.
  }
  return reached;
}

/**
 * Leaves for an address. `neutral` is the package's own page, for where the browser lets nobody out
 * of the LMS's frame.
 */
function go(away: string, neutral: string) {
  const top = window.top as Window;
  const stay = () => location.replace(neutral);
  // A window that the LMS opened: the one below it is the trainee's to hide.
  if (top.opener) top.close();
  if (top.closed) return;
  try {
    top.location.replace(away);
    if (top === window) return;
    const staying = setTimeout(stay, REFUSED);
    addEventListener("pagehide", () => clearTimeout(staying));
  } catch {
    stay();
  }
}

/**
 * Makes the links `[data-leave]` and three presses of Shift leave. The element round the visible
 * link has the texts and, as `data-neutral`, the package's own page. Nothing here waits for the
 * LMS: the visit is saved and closed as on any other way out, by page-end.ts.
 *
 * Whoever comes back by the browser's history, to a page that it has kept or to a fresh one, has to
 * ask for the course: until then there is no word, title or place of it.
 *
 * The functions of element.ts are given: a first view need not hold them twice.
 */
export function createQuickExit(
  box: HTMLElement,
  { button, el }: Pick<typeof import("../dom/element.ts"), "button" | "el">,
) {
  const { neutral, loading, expired, more, title, nothing, open } = box.dataset as Record<
    string,
    string
  >;
  const status = box.querySelector("[role=status]") as HTMLElement;
  const links = document.querySelectorAll("[data-leave]") as NodeListOf<HTMLAnchorElement>;
  const hiding = createHiding(el);

  function blank() {
    rememberLeft();
    hiding.hide(loading, el("p", { role: "alert" }, loading));
    const media = document.querySelectorAll("audio, video") as NodeListOf<HTMLMediaElement>;
    for (const medium of media) medium.pause();
  }

  function comeBack() {
    hidePlace();
    hiding.hide(title, el("p", {}, nothing), button(open, openAgain, { class: "plain" }));
  }

  // The visit is over, and the page knows only how it was.
  function openAgain() {
    forgetLeft();
    hiding.restore();
    launcher().location.reload();
  }

  function leave() {
    if (!isLeft()) blank();
    document.dispatchEvent(new Event("player:leaving"));
    setTimeout(() => go(links[0].href, neutral), PAINTED);
  }

  const tell = (told: string) => {
    status.textContent = told;
  };
  watchShift(more.split("|"), expired, tell, leave);
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  watchReturn(comeBack);
}

/** Calls `comeBack` when the page is shown that was left. */
function watchReturn(comeBack: () => void) {
  // Going further back, the player would show the page of that address.
  addEventListener("hashchange", (event) => {
    if (!isLeft()) return;
    event.stopImmediatePropagation();
    hidePlace();
  });
  // The browser may have kept the page as it was left.
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !isLeft()) return;
    // The player would load the LMS's page anew.
    event.stopImmediatePropagation();
    comeBack();
  });
  if (isLeft()) comeBack();
}

// “Exit this page”: hides the course at once and leaves. After the GOV.UK component.

import { createHiding } from "./hiding.ts";
import { forgetLeft, hidePlace, rememberLeft } from "./left-mark.ts";
import { watchShift } from "./shift-presses.ts";

// In ms; leaving calls the LMS, which may block the browser, so the blank page is painted first.
const PAINT_MS = 50;
// In ms; a browser may refuse to leave the LMS's frame without an error.
const REFUSAL_MS = 3000;

const isLeft = () => document.documentElement.classList.contains("leaving");

/**
 * The window that launches the course again when reloaded: the LMS's, or the outermost accessible
 * one.
 */
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
 * Leaves for the address `away`; if the browser does not let a page out of the LMS's frame, for the
 * package's `neutral` page.
 */
function go(away: string, neutral: string) {
  const top = window.top as Window;
  const stay = () => location.replace(neutral);
  // A window that the LMS opened. The window below it cannot be hidden from here.
  if (top.opener) top.close();
  if (top.closed) return;
  try {
    top.location.replace(away);
    if (top === window) return;
    const staying = setTimeout(stay, REFUSAL_MS);
    addEventListener("pagehide", () => clearTimeout(staying));
  } catch {
    stay();
  }
}

/**
 * Links with `data-leave`, and pressing Shift three times, leave the course. `box` is the element
 * around the visible link; its data attributes have the texts and, in `data-neutral`, the neutral
 * page. Nothing here waits for the LMS: page-end.ts saves and closes the visit as on any other way
 * out.
 *
 * After Back, to a cached or reloaded page, the course stays hidden, in text, title and address,
 * until the trainee asks for it.
 *
 * The functions of element.ts are passed in, because the first view already contains them.
 */
export function createQuickExit(
  box: HTMLElement,
  { button, el }: Pick<typeof import("../dom/element.ts"), "button" | "el">,
) {
  // Read when they are needed: another language replaces them.
  const words = box.dataset as Record<string, string>;
  const status = box.querySelector("[role=status]") as HTMLElement;
  const links = document.querySelectorAll("[data-leave]") as NodeListOf<HTMLAnchorElement>;
  const hiding = createHiding(el);

  function blank() {
    rememberLeft();
    hiding.hide(words.loading, el("p", { role: "alert" }, words.loading));
    const media = document.querySelectorAll("audio, video") as NodeListOf<HTMLMediaElement>;
    for (const medium of media) medium.pause();
  }

  function comeBack() {
    hidePlace();
    const open = button(words.open, openAgain, { class: "plain" });
    hiding.hide(words.title, el("p", {}, words.nothing), open);
  }

  // The visit is closed, so the course has to be launched again.
  function openAgain() {
    forgetLeft();
    hiding.restore();
    launcher().location.reload();
  }

  function leave() {
    if (!isLeft()) blank();
    document.dispatchEvent(new Event("player:leaving"));
    setTimeout(() => go(links[0].href, words.neutral), PAINT_MS);
  }

  const announce = (text: string) => {
    status.textContent = text;
  };
  watchShift(words, announce, leave);
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  watchReturn(comeBack);
}

/** Calls `comeBack` when the browser returns to the page that was left. */
function watchReturn(comeBack: () => void) {
  // After a further Back, the player would show the page of that address.
  addEventListener("hashchange", (event) => {
    if (!isLeft()) return;
    event.stopImmediatePropagation();
    hidePlace();
  });
  // The browser may have cached the page.
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !isLeft()) return;
    // Keeps the player from reloading the LMS's page.
    event.stopImmediatePropagation();
    comeBack();
  });
  if (isLeft()) comeBack();
}

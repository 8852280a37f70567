// “Exit this page”: away at once, with nothing left to see. After GOV.UK's component of that name.

import { button, el } from "../dom/element.js";
import { createHiding } from "./hiding.js";
import { forgetLeft, hidePlace, rememberLeft } from "./left-mark.js";

const PRESSES = 3;
const WITHIN = 5000;
// Leaving tells the LMS, which may hold the browser up: the blank page has to be painted before.
const PAINTED = 50;
// A browser may refuse to leave the LMS's frame without saying so.
const REFUSED = 3000;

/** The window whose fresh load opens the course again: the LMS's, or the outermost in reach. */
function launcher() {
  let found = window;
  try {
    while (!found.API && found !== found.parent && found.parent.location.href) found = found.parent;
  } catch {
    // An LMS on another site.
  }
  return found;
}

/**
 * Makes the links `[data-leave]` and three presses of Shift leave. The element round the visible
 * link has the texts and, as `data-neutral`, the package's own page, for where the browser lets
 * nobody out of the LMS's frame. Nothing here waits for the LMS: the visit is saved and closed as
 * on any other way out, by page-end.js.
 *
 * Whoever comes back by the browser's history, to a page that it has kept or to a fresh one, has to
 * ask for the course: until then there is no word, title or place of it.
 */
export function createQuickExit(box) {
  const { neutral, loading, expired, more, title, nothing, open } = box.dataset;
  const left = more.split("|");
  const status = box.querySelector("[role=status]");
  const links = [...document.querySelectorAll("[data-leave]")];
  const isLeft = () => document.documentElement.classList.contains("leaving");
  const hiding = createHiding();
  let staying = 0;

  function blank() {
    rememberLeft();
    hiding.hide(loading, el("p", { role: "alert" }, loading));
    for (const media of document.querySelectorAll("audio, video")) media.pause();
  }

  function comeBack() {
    hidePlace();
    hiding.hide(title, el("p", {}, nothing), button(open, openAgain, { class: "plain" }));
  }

  // The visit is over, and what the page had of it is old.
  function openAgain() {
    forgetLeft();
    hiding.restore();
    launcher().location.reload();
  }

  function go() {
    const stay = () => location.replace(neutral);
    // A window that the LMS opened: what is below it is the trainee's to hide.
    if (top.opener) top.close();
    if (top.closed) return;
    try {
      top.location.replace(links[0].href);
      if (top !== window) staying = setTimeout(stay, REFUSED);
    } catch {
      stay();
    }
  }

  function leave(event) {
    event?.preventDefault();
    if (!isLeft()) blank();
    document.dispatchEvent(new Event("player:leaving"));
    setTimeout(go, PAINTED);
  }

  let presses = 0;
  let alone = false;
  let timer = 0;

  function forget(words) {
    clearTimeout(timer);
    presses = 0;
    status.textContent = words;
  }

  function expire() {
    forget(expired);
    timer = setTimeout(forget, WITHIN, "");
  }

  function count() {
    if (!presses) {
      forget("");
      timer = setTimeout(expire, WITHIN);
    }
    presses += 1;
    if (presses < PRESSES) status.textContent = left[presses - 1];
    else {
      forget("");
      leave();
    }
  }

  // Shift counts when it is pressed by itself, not while a capital letter is typed.
  addEventListener("keydown", ({ key, repeat }) => {
    if (repeat) return;
    alone = key === "Shift";
    if (!alone && presses) forget("");
  });
  addEventListener("pointerdown", () => (alone = false));
  addEventListener("keyup", ({ key }) => {
    if (key === "Shift" && alone) count();
  });
  for (const link of links) link.addEventListener("click", leave);
  // Going further back, the player would show the page of that address.
  addEventListener("hashchange", (event) => {
    if (!isLeft()) return;
    event.stopImmediatePropagation();
    hidePlace();
  });
  addEventListener("pagehide", () => clearTimeout(staying));
  // The browser may have kept the page as it was left.
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !isLeft()) return;
    // The player would load the LMS's page anew.
    event.stopImmediatePropagation();
    comeBack();
  });
  if (isLeft()) comeBack();
}

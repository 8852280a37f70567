// “Exit this page”: away at once, with nothing left to see. After GOV.UK's component of that name.

import { el } from "./element.js";

const PRESSES = 3;
const WITHIN = 5000;
// Leaving tells the LMS, which may hold the browser up: the blank page has to be painted before.
const PAINTED = 50;
// A browser may refuse to leave the LMS's frame without saying so.
const REFUSED = 3000;

/** The windows round this one, as far as their documents may be touched. */
function around() {
  const found = [];
  try {
    for (let frame = window; frame !== frame.parent; frame = frame.parent) found.push(frame.parent.document);
  } catch {
    // An LMS on another site, or a sandbox.
  }
  return found;
}

/**
 * Makes the links `[data-leave]` and three presses of Shift leave. The element round the visible
 * link has the texts and, as `data-neutral`, the package's own page, for where the browser lets
 * nobody out of the LMS's frame. Nothing here waits for the LMS: the visit is saved and closed as
 * on any other way out, by leaving.js.
 */
export function createQuickExit(box) {
  const { neutral, loading, expired, more } = box.dataset;
  const left = more.split("|");
  const status = box.querySelector("[role=status]");
  const links = [...document.querySelectorAll("[data-leave]")];
  let undo = null;

  function blank() {
    if (undo) return;
    const title = document.title;
    const outer = around().map((page) => [page, page.title, page.documentElement.style.visibility]);
    const cover = el("p", { class: "left", role: "alert" }, loading);
    document.title = loading;
    document.documentElement.classList.add("leaving");
    document.body.append(cover);
    for (const media of document.querySelectorAll("audio, video")) media.pause();
    for (const [page] of outer) {
      page.title = loading;
      page.documentElement.style.visibility = "hidden";
    }
    undo = () => {
      undo = null;
      cover.remove();
      document.documentElement.classList.remove("leaving");
      document.title = title;
      for (const [page, before, visibility] of outer) {
        page.title = before;
        page.documentElement.style.visibility = visibility;
      }
    };
  }

  function go() {
    const stay = () => location.replace(neutral);
    // A window that the LMS opened: what is below it is the trainee's to hide.
    if (top.opener) top.close();
    if (top.closed) return;
    try {
      top.location.replace(links[0].href);
      if (top !== window) setTimeout(stay, REFUSED);
    } catch {
      stay();
    }
  }

  function leave(event) {
    event?.preventDefault();
    blank();
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
  // Back in the history the page may come as it was left.
  addEventListener("pageshow", () => undo?.());
}

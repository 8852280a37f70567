// Hides the course, and the windows round it as far as their documents may be touched.

import { el } from "../dom/element.js";

/** Of the windows round this one, each document with the frame that leads here; the nearest first. */
function around() {
  const found = [];
  try {
    for (let at = window; at !== at.parent; at = at.parent) {
      found.push([at.parent.document, at.frameElement]);
    }
  } catch {
    // An LMS on another site, or a sandbox.
  }
  return found;
}

/** Whatever comes late, a page on its way or an LMS of one page, may set its title once more. */
function holdTitle(page, words) {
  const before = page.title;
  const hold = () => {
    if (page.title !== words()) page.title = words();
  };
  const watch = new MutationObserver(hold);
  watch.observe(page.head, { childList: true, subtree: true, characterData: true });
  return {
    hold,
    release() {
      watch.disconnect();
      page.title = before;
    },
  };
}

/**
 * `hide(title, ...nodes)` leaves the nodes as all there is to see, under a title that tells nothing;
 * `restore()` gives the windows round this one back. Whether the page is hidden is its class
 * “leaving”.
 */
export function createHiding() {
  const root = document.documentElement;
  const cover = el("div", { class: "left" });
  let title = "";
  let held = null;

  function hold() {
    const outer = around();
    const looks = outer
      .flatMap(([page, frame]) => [page.documentElement, frame])
      .map(({ style }) => [style, style.visibility]);
    const titles = [document, ...outer.map(([page]) => page)].map((page) =>
      holdTitle(page, () => title),
    );
    for (const [page, frame] of outer) {
      page.documentElement.style.visibility = "hidden";
      frame.style.visibility = "visible";
    }
    return { looks, titles };
  }

  return {
    hide(words, ...nodes) {
      title = words;
      root.classList.add("leaving");
      cover.replaceChildren(...nodes);
      document.body.append(cover);
      held ??= hold();
      for (const one of held.titles) one.hold();
    },
    restore() {
      const [, ...outer] = held.titles;
      for (const one of outer) one.release();
      for (const [style, visibility] of held.looks) style.visibility = visibility;
    },
  };
}

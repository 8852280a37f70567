// Hides the course, and the windows round it as far as their documents may be touched.

/** @typedef {[page: Document, frame: HTMLElement]} Outer */

/**
 * The documents of the windows round this one, each with the frame that leads here; the nearest
 * first.
 */
function around() {
  /** @type {Outer[]} */
  const outer = [];
  try {
    for (let inner = /** @type {Window} */ (window); inner !== inner.parent; inner = inner.parent) {
      outer.push([inner.parent.document, /** @type {HTMLElement} */ (inner.frameElement)]);
    }
  } catch {
    // An LMS on another site, or a sandbox.
  }
  return outer;
}

/**
 * Whatever comes late, a page on its way or an LMS of one page, may set its title once more.
 *
 * @param {Document} page
 * @param {() => string} words
 */
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
 * `hide(title, ...nodes)` leaves the nodes as all there is to see, under a title that tells
 * nothing; `restore()` gives the windows round this one back. Whether the page is hidden is its
 * class “leaving”.
 *
 * @param {typeof import("../dom/element.js").el} el
 */
export function createHiding(el) {
  const root = document.documentElement;
  const cover = el("div", { class: "left" });
  let title = "";
  /** @type {ReturnType<typeof hold> | null} */
  let held = null;

  function hold() {
    const outer = around();
    const looks = outer
      .flatMap(([page, frame]) => [page.documentElement, frame])
      .map(({ style }) => /** @type {const} */ ([style, style.visibility]));
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
    /**
     * @param {string} words
     * @param {...Node} nodes
     */
    hide(words, ...nodes) {
      title = words;
      root.classList.add("leaving");
      cover.replaceChildren(...nodes);
      document.body.append(cover);
      held ??= hold();
      for (const heldTitle of held.titles) heldTitle.hold();
    },
    restore() {
      if (!held) return;
      for (const outerTitle of held.titles.slice(1)) outerTitle.release();
      for (const [style, visibility] of held.looks) style.visibility = visibility;
    },
  };
}

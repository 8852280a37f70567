// Hides the course, and the windows round it as far as their documents may be touched.

type Outer = [page: Document, frame: HTMLElement];

/**
 * The documents of the windows round this one, each with the frame that leads here; the nearest
 * first.
 */
function around() {
  const outer: Outer[] = [];
  try {
    for (let inner = window as Window; inner !== inner.parent; inner = inner.parent) {
      outer.push([inner.parent.document, inner.frameElement as HTMLElement]);
    }
  } catch {
    // An LMS on another site, or a sandbox.
  }
  return outer;
}

/** Whatever comes late, a page on its way or an LMS of one page, may set its title once more. */
function holdTitle(page: Document, words: () => string) {
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
 */
export function createHiding(el: typeof import("../dom/element.ts").el) {
  const root = document.documentElement;
  const cover = el("div", { class: "left" });
  let title = "";
  let held: ReturnType<typeof hold> | null = null;

  function hold() {
    const outer = around();
    const looks = outer
      .flatMap(([page, frame]) => [page.documentElement, frame])
      .map(({ style }) => [style, style.visibility] as const);
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
    hide(words: string, ...nodes: Node[]) {
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

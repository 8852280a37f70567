// Hides the course, and the windows around it as far as they can be accessed.

type Outer = [page: Document, frame: HTMLElement];

/** The documents of the windows around this one with the frame inside each, innermost first. */
function outerWindows() {
  const outer: Outer[] = [];
  try {
    for (let inner = window as Window; inner !== inner.parent; inner = inner.parent) {
      outer.push([inner.parent.document, inner.frameElement as HTMLElement]);
    }
  } catch {
    // An LMS on another site, or a sandboxed frame.
  }
  return outer;
}

/**
 * Keeps the title of a document hidden: a page that loads late, or a single-page LMS, may set it
 * again.
 */
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
 * `hide(title, ...nodes)` shows only the nodes, under a neutral title; `restore()` shows the outer
 * windows again. The class “leaving” on the root element hides the page.
 */
export function createHiding(el: typeof import("../dom/element.ts").el) {
  const root = document.documentElement;
  const cover = el("div", { class: "left" });
  let title = "";
  let held: ReturnType<typeof hold> | null = null;

  function hold() {
    const outer = outerWindows();
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

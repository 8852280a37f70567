// A part of the contents that folds: a module, or fifty pages of a longer one.

import { button, el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";

interface Part {
  /** "" where its pages stand below no heading. */
  title: string;
  pages: Page[];
}
interface Means {
  /** Puts the entry of a page into a list. */
  add: (list: HTMLElement, page: Page) => void;
  done: (page: Page) => boolean;
  say: Say;
}

/** The modules of a course; one of more than `most` pages in parts. */
export function groupsOf({ modules, pages }: Outline, most: number, say: Say): Part[] {
  let at = 0;
  return modules.flatMap(({ title, count }) => {
    const members = pages.slice(at, at + count);
    const before = at;
    at += count;
    if (count <= most) return [{ title, pages: members }];
    return Array.from({ length: Math.ceil(count / most) }, (_, number) => {
      const part = members.slice(number * most, (number + 1) * most);
      const from = before + number * most + 1;
      const range = say("pages_range", { from, to: from + part.length - 1 });
      return { title: [title, range].filter(Boolean).join(" · "), pages: part };
    });
  });
}

/**
 * Its `elements`, and `refresh(page, small)`, which opens it where it holds the `page` on view or,
 * in a `small` course, something to do. What the trainee opens or folds stays so until they turn to
 * another part. The entries are built when it is first opened.
 */
export function createGroup({ title, pages }: Part, number: number, { add, done, say }: Means) {
  const list = el("ol", { id: `contents-${number}` });
  const count = el("span", { class: "contents-count" });
  const toggle = button("", () => fold(!list.hidden), { "aria-controls": list.id });
  toggle.append(el("span", {}, title), " ", count);
  // Whether it holds the page on view; until then, not known.
  let here: boolean | null = null;

  function fold(yes: boolean) {
    if (!yes && !list.firstChild) for (const page of pages) add(list, page);
    list.hidden = yes;
    toggle.setAttribute("aria-expanded", String(!yes));
  }

  function refresh(page: Page | null, small: boolean) {
    const holds = Boolean(page) && pages.includes(page as Page);
    const [of, n] = [pages.length, pages.filter(done).length];
    const words = n < of ? say("done_of", { done: n, of }) : say.count("done_all", of);
    if (count.textContent !== words) count.textContent = words;
    // Nobody's place in the list folds away under them.
    const stays = list.contains(document.activeElement);
    if (here === null || (holds !== here && !stays))
      fold(Boolean(title) && !holds && !(small && n < of));
    here = holds;
  }

  return { elements: title ? [el("h2", {}, toggle), list] : [list], refresh };
}

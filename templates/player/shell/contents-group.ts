// A foldable part of the contents list: a module, or fifty pages of a longer one.

import { button, el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";

interface Part {
  /** Its heading in the current language; empty if it has none. */
  heading: () => (Node | string)[];
  pages: Page[];
}
interface GroupParts {
  /** Adds the entry of a page to a list. */
  add: (list: HTMLElement, page: Page) => void;
  done: (page: Page) => boolean;
  say: Say;
}

/** The pages that count as pages: all but test-outs. */
export const counted = (pages: Page[]) => pages.filter(({ covers }) => !covers);

/** The modules of a course; one with more than `most` pages is split into parts. */
export function groupsOf(outline: Outline, most: number, say: Say): Part[] {
  let at = 0;
  return outline.modules.flatMap(({ count }, number) => {
    const named = () => {
      const { title, lang } = outline.modules[number];
      return title ? [el("span", { lang }, title)] : [];
    };
    const members = outline.pages.slice(at, at + count);
    const before = at;
    at += count;
    if (count <= most) return [{ heading: named, pages: members }];
    return Array.from({ length: Math.ceil(count / most) }, (_, number) => {
      const part = members.slice(number * most, (number + 1) * most);
      const from = counted(outline.pages.slice(0, before + number * most)).length + 1;
      const range = () => say("pages_range", { from, to: from + counted(part).length - 1 });
      return { heading: () => [...named().flatMap((it) => [it, " · "]), range()], pages: part };
    });
  });
}

/**
 * Returns the part's `elements`, and `refresh(page, small)`, which unfolds it if it contains the
 * current `page` or, in a `small` course, something to do. What the trainee folds or unfolds stays
 * until the current page is in another part. Entries are built when it is first unfolded.
 */
export function createGroup(
  { heading, pages }: Part,
  number: number,
  { add, done, say }: GroupParts,
) {
  const list = el("ol", { id: `contents-${number}` });
  const count = el("span", { class: "contents-count" });
  const toggle = button("", () => fold(!list.hidden), { "aria-controls": list.id });
  const place = el("span");
  toggle.append(place, " ", count);
  const isNamed = heading().length > 0;
  // Whether it contains the current page; null before the first refresh.
  let here: boolean | null = null;

  function fold(yes: boolean) {
    if (!yes && !list.firstChild) for (const page of pages) add(list, page);
    list.hidden = yes;
    toggle.setAttribute("aria-expanded", String(!yes));
  }

  function refresh(page: Page | null, small: boolean) {
    const holds = Boolean(page) && pages.includes(page as Page);
    const all = counted(pages);
    const [of, n] = [all.length, all.filter(done).length];
    const words = n < of ? say("done_of", { done: n, of }) : say.count("done_all", of);
    if (count.textContent !== words) count.textContent = words;
    place.replaceChildren(...heading());
    // Do not fold the part while it has the focus.
    const stays = list.contains(document.activeElement);
    if (here === null || (holds !== here && !stays)) fold(isNamed && !holds && !(small && n < of));
    here = holds;
  }

  return { elements: isNamed ? [el("h2", {}, toggle), list] : [list], refresh };
}

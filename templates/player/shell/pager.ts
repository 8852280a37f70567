// The buttons to the pages before and after, and where this page is.

import { el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { Views } from "./views.ts";

/** Leads to the nearest pages that are open; for a view that is not a page, to none. */
export function showPager({ outline, pager, progress, locks, say, go }: Views, place: Page | null) {
  const { pages } = outline;
  const at = place ? pages.indexOf(place) : pages.length;
  const [previous, next] = pager;
  function lead(button: HTMLElement, key: string, onTheWay: Page[]) {
    const target = place && onTheWay.find((page) => !locks.reason(page));
    button.hidden = !target;
    button.textContent = target ? say(key, { title: target.title }) : "";
    button.onclick = () => target && go(target.id);
  }
  lead(previous, "previous", pages.slice(0, at).reverse());
  lead(next, "next", pages.slice(at + 1));
  locks.tellAhead(pages[at + 1], previous);
  const words = place ? whereabouts(outline, place, at, say) : [];
  const parts = words.flatMap((part, n) => [n ? " · " : "", el("span", {}, part)]);
  progress.replaceChildren(...parts);
}

/** The module of a page, which one it is of how many, and how long it takes. */
function whereabouts({ modules, of }: Outline, { minutes }: Page, at: number, say: Say) {
  let end = 0;
  const module = modules.find(({ count }) => {
    end += count;
    return at < end;
  });
  const place = say("progress", { n: at + 1, of });
  const title = module?.title ? [module.title] : [];
  return [...title, place, say.count("minutes", minutes)];
}

// The Previous and Next buttons, and the position in the course.

import { el } from "../dom/element.ts";
import { pagesAhead } from "../state/asked.ts";
import type { Say } from "../dom/words.ts";
import type { Outline, Page } from "../state/course.ts";
import type { Views } from "./views.ts";

/** Points the buttons to the nearest open pages; hides them for a view that is not a page. */
export function showPager(views: Views, place: Page | null) {
  const { outline, pager, progress, locks, say, go, state } = views;
  const { pages } = outline;
  const ahead = place ? pagesAhead(place, outline, state) : [];
  const at = place ? pages.indexOf(place) : pages.length;
  const [previous, next] = pager;
  function setTarget(button: HTMLElement, key: string, onTheWay: Page[]) {
    const target = place && onTheWay.find((page) => !locks.reason(page));
    button.hidden = !target;
    const words = target ? say(key, { title: target.title }) : "";
    button.replaceChildren(...breakable(words));
    button.onclick = () => target && go(target.id);
  }
  setTarget(previous, "previous", pages.slice(0, at).reverse());
  setTarget(next, "next", ahead);
  locks.tellAhead(ahead[0], previous);
  const words = place ? positionTexts(outline, place, at, say) : [];
  const parts = words.flatMap((part, n) => [n ? " · " : "", el("span", {}, part)]);
  progress.replaceChildren(...parts);
}

/** Words that may break after each slash. */
const breakable = (words: string) =>
  words.split("/").flatMap((part, n) => (n ? ["/", el("wbr"), part] : [part]));

/** The page's module, position and duration. A test-out has no position. */
function positionTexts({ modules, of }: Outline, { minutes, number }: Page, at: number, say: Say) {
  let end = 0;
  const module = modules.find(({ count }) => {
    end += count;
    return at < end;
  });
  const n = number ?? at + 1;
  const title = module?.title ? [module.title] : [];
  return [...title, ...(n ? [say("progress", { n, of })] : []), say.count("minutes", minutes)];
}

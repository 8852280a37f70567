// The buttons to the pages before and after, and which page this is of how many.

/** @import {Page, Views} from "../types" */

/**
 * Leads to the nearest pages that are open; for a view that is not a page, to none.
 *
 * @param {Views} views
 * @param {Page | null} place
 */
export function showPager({ pages, pager, progress, bar, locks, say, go }, place) {
  const at = place ? pages.indexOf(place) : pages.length;
  const [previous, next] = pager;
  /**
   * @param {HTMLElement} button
   * @param {string} key
   * @param {Page[]} onTheWay
   */
  function lead(button, key, onTheWay) {
    const target = place && onTheWay.find((page) => !locks.reason(page));
    button.hidden = !target;
    button.textContent = target ? say(key, { title: target.title }) : "";
    button.onclick = () => target && go(target.id);
  }
  lead(previous, "previous", pages.slice(0, at).reverse());
  lead(next, "next", pages.slice(at + 1));
  locks.tellAhead(pages[at + 1], previous);
  progress.textContent = place ? say("progress", { n: at + 1, of: pages.length }) : "";
  if (place) bar.style.setProperty("--done", String((at + 1) / pages.length));
}

// The cover: the view before the first page, and the way into the course. It is no page: nothing is
// visited by looking at it.

import { button, el } from "../dom/element.js";

/** @import {Cover, CoverGiven} from "../types" */

/**
 * The cover that the page begins with; null where the course begins with its first page.
 *
 * @param {CoverGiven} given
 * @returns {Cover | null}
 */
export function createCover({ main, say, target, shown, go }) {
  const article = main.querySelector("article.cover");
  if (!article) return null;
  const source = article.innerHTML;
  return {
    source,
    fill() {
      const place = main.querySelector("#cover-actions");
      const { page, begun, awaited } = target();
      // Where that is, is known in a moment; who has been here before need not start anew.
      const { title } = page;
      const words = say(begun ? "resume_at" : "start", { title });
      const begin = button(words, () => go(page.id), { id: "begin", hidden: awaited });
      const focused = place?.contains(document.activeElement);
      place?.replaceChildren(begin, begun ? "" : el("p", {}, say("start_at", { title })));
      if (focused) begin.focus();
      shown();
    },
  };
}

// What is still to be done of a course, as links.

import { el } from "../dom/element.js";
import { keptScore, pageStatus } from "../state/progress.js";
import { shownScore } from "../state/scoring.js";

/** @import {Page, Say, State} from "../types" */

// A list of pages to be done is to be read, not searched.
const SHOWN = 10;

/**
 * @param {Page[]} pages
 * @param {{state: State, locked(page: Page): string | null, say: Say}} given
 */
export function todoList(pages, { state, locked, say }) {
  const more = pages.length - SHOWN;
  return el(
    "ul",
    { class: "todo" },
    ...pages
      .slice(0, SHOWN)
      .map((page) =>
        el(
          "li",
          {},
          el("a", { href: locked(page) ? null : `#/${page.id}` }, page.title),
          ` – ${locked(page) ?? statusInWords(page, state, say)}`,
        ),
      ),
    more > 0 ? el("li", {}, say.count("todo_more", more)) : null,
  );
}

/**
 * The status of a page. A quiz that was taken but is not passed together with others has its score
 * there, which says more.
 *
 * @param {Page} page
 * @param {State} state
 * @param {Say} say
 */
function statusInWords(page, state, say) {
  const word = pageStatus(page, state);
  if (!page.needs?.quiz || word !== "done") return say(word);
  const mark = (page.quiz?.pass_mark ?? 0) * 100;
  return say.percent(shownScore(keptScore(page, state) ?? 0, mark));
}

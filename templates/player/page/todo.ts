// Lists what is left to do in a course, as links.

import { percent } from "../dom/words.ts";
import { el } from "../dom/element.ts";
import { keptScore, pageStatus } from "../state/progress.ts";
import { shownScore } from "../state/scoring.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";
import type { State } from "../state/state.ts";

// Maximum number of pages listed.
const MAX_LISTED = 10;

interface Given {
  state: State;
  locked(page: Page): string | null;
  say: Say;
}

export const todoList = (pages: Page[], given: Given, most = MAX_LISTED) =>
  pageList(pages, given, most, (page) => statusInWords(page, given.state, given.say));

/** Links to the first `most` pages, each with words about it. */
export function pageList(
  pages: Page[],
  { locked, say }: Pick<Given, "locked" | "say">,
  most: number,
  wordsOf: (page: Page) => string,
) {
  const more = pages.length - most;
  return el(
    "ul",
    { class: "todo" },
    ...pages
      .slice(0, most)
      .map((page) =>
        el(
          "li",
          {},
          el("a", { lang: page.lang, href: locked(page) ? null : `#/${page.id}` }, page.title),
          ` – ${locked(page) ?? wordsOf(page)}`,
        ),
      ),
    more > 0 ? el("li", {}, say.count("todo_more", more)) : null,
  );
}

/** The status of a page. For a quiz or a scenario that is judged with others, its score. */
function statusInWords(page: Page, state: State, say: Say) {
  const word = pageStatus(page, state);
  if (!(page.needs?.quiz || page.scenario?.weight) || word !== "done") return say(word);
  const mark = (page.quiz?.pass_mark ?? 0) * 100;
  return percent(say, shownScore(keptScore(page, state) ?? 0, mark));
}

// At the end of a page: how many of its practice questions were right at the first try, and how
// many have no answer yet.

import { el } from "../dom/element.ts";
import { firstTries } from "../state/first-tries.ts";
import type { Say } from "../dom/words.ts";
import type { Question } from "../state/question.ts";
import type { State } from "../state/state.ts";

/** Adds the line to an article, or updates it. */
export function tellFirstTries(article: Element, questions: Question[], state: State, say: Say) {
  const judged = questions.filter(({ scored }) => scored);
  const others = questions.filter(({ scored }) => !scored);
  const keys = [...judged, ...others].map(({ key }) => key);
  const { of, tried, right, open } = firstTries(state, keys, judged.length);
  const line = lineIn(article);
  const ring = tried ? el("span", { class: "ring" }) : null;
  ring?.style.setProperty("--share", String(right / of));
  const words = [
    tried ? say("first_right", { n: right, of }) : "",
    open ? say("still_open", { n: open }) : "",
  ].filter(Boolean);
  line.hidden = !words.length;
  line.replaceChildren(...(ring ? [ring] : []), el("span", {}, words.join(" · ")));
}

function lineIn(article: Element) {
  const known = article.querySelector(".first-tries") as HTMLElement | null;
  if (known) return known;
  const made = el("p", { class: "first-tries" });
  article.append(made);
  return made;
}

// The link back to a quiz, on the pages that its answers and its result send the trainee to.

import { el } from "../dom/element.ts";
import { hasQuiz, pagesAhead } from "../state/asked.ts";
import { readRoute } from "./routes.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Page } from "../state/course.ts";

const byId = (id: string) => document.getElementById(id) as HTMLElement;

/**
 * After a link out of a quiz, shows a link back on earlier pages until the quiz is opened again.
 * The page whose Next leads to the quiz needs none. Call `moved()` after each view.
 */
export function leadBackToQuiz({ course, work, view }: Omit<SurroundingsParts, "shown">) {
  const { navigation, locked, say } = view;
  let quiz: Page | null = null;
  const words = el("a");
  const link = el("p", {}, words);
  byId("main").addEventListener("click", ({ target }) => {
    const address = (target as Element).closest("a")?.getAttribute("href");
    const to = readRoute(address ?? "")?.page;
    const { current } = navigation;
    if (current && hasQuiz(current) && to && to !== current.id) quiz = current;
  });
  return {
    moved() {
      const { current, covered } = navigation;
      if (covered || current === quiz) quiz = null;
      const ahead = current && quiz ? pagesAhead(current, course.outline, work.store.state) : [];
      const near = ahead.find((page) => !locked(page)) === quiz;
      if (!quiz || near || !ahead.includes(quiz)) return link.remove();
      words.textContent = say("back", { title: quiz.title });
      words.href = `#/${quiz.id}`;
      // Moving it would take its focus.
      if (!link.isConnected) byId("pager").prepend(link);
    },
  };
}

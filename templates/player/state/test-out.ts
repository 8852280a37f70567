// What a test-out replaces: the pages that a trainee who passes it need not read.

import { isRead } from "./asked.ts";
import { attemptsLeft, pageStatus, quizPassed } from "./progress.ts";
import type { Outline, Page, TestPage } from "./course.ts";
import type { Hundredths } from "./scoring.ts";
import type { State } from "./state.ts";

/** The pages that a test-out replaces. */
export const coveredBy = ({ covers }: TestPage, { pages }: Pick<Outline, "pages">) =>
  pages.filter(({ id }) => covers.includes(id));

/** Those of them that are neither read nor shown by the test-out. */
export const unreadBy = (entry: TestPage, outline: Pick<Outline, "pages">, state: State) =>
  coveredBy(entry, outline).filter((page) => !isRead(page, state));

/**
 * The pages that a pass shows. A page whose revision was raised since the trainee read it, or
 * showed it by a test-out, must be read again.
 */
export const shownByPass = (entry: TestPage, outline: Pick<Outline, "pages">, state: State) =>
  unreadBy(entry, outline, state).filter((page) => pageStatus(page, state) === "not_started");

/** The titles of the modules of which a test-out has shown pages; of a page outside, its title. */
export function shownModules({ modules, pages }: Outline, state: State) {
  let at = 0;
  const titles = modules.flatMap(({ title, count }) => {
    const own = pages.slice(at, at + count).filter((page) => pageStatus(page, state) === "shown");
    at += count;
    return own.map((page) => title || page.title);
  });
  return [...new Set(titles)];
}

/** Whether another try is offered: one is left, and it can show something. */
export const mayTry = (entry: TestPage, outline: Pick<Outline, "pages">, state: State) =>
  attemptsLeft(entry, state) > 0 &&
  !quizPassed(entry, state) &&
  unreadBy(entry, outline, state).length > 0;

/** Ends an attempt with this score: after a pass, the pages are done. Returns these pages. */
export function endTest(
  entry: TestPage,
  outline: Pick<Outline, "pages">,
  state: State,
  score: Hundredths,
): Page[] {
  const pages = score < entry.quiz.pass_mark * 100 ? [] : shownByPass(entry, outline, state);
  for (const { shown } of pages) if (shown) state.visited.add(shown);
  return pages;
}

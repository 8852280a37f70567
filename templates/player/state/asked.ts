// What a page asks for, and what the state has of it.

import type { Needs, Outline, Page, QuizPage } from "./course.ts";
import type { Key, State } from "./state.ts";

/** The quiz of a page in the state; one without attempts if there is none. */
export const quizOf = ({ key }: Page, { quizzes }: State) =>
  quizzes.get(key) ?? { attempts: 0, best: null, open: false };

/** Whether a page was read, or a test-out has shown that the trainee knows it. */
export const isRead = ({ key, shown }: Page, { visited }: State) =>
  visited.has(key) || visited.has(shown as Key);

/** Whether a test-out has shown a page that was not read. */
export const isShown = (page: Page, state: State) =>
  !state.visited.has(page.key) && isRead(page, state);

/** The pages to which Next can lead, in order: from a page to read, none that a test has shown. */
export function pagesAhead(place: Page, { pages }: Pick<Outline, "pages">, state: State) {
  const rest = pages.slice(pages.indexOf(place) + 1);
  return isShown(place, state) ? rest : rest.filter((page) => !isShown(page, state));
}

export const needsOf = ({ needs }: Page): Needs => needs ?? {};

/** The keys of all that a page asks for. */
export const neededKeys = (page: Page): Key[] => Object.values(needsOf(page)).flat();

/** The keys of the scenes of a course, and of the pages with a scenario. */
export const scenariosOf = ({ pages }: Pick<Outline, "pages">) => ({
  scenes: new Set(pages.flatMap((page) => needsOf(page).scenario ?? [])),
  walks: new Set(pages.flatMap(({ key, scenario }) => (scenario ? [key] : []))),
});

/** Whether the last score of a quiz or of a scenario counts, so that it can go down. */
export const keepsLast = ({ quiz, scenario }: Page) => (quiz ?? scenario)?.keep === "last";

/** Whether a page has a quiz with questions. */
export const hasQuiz = (page: Page): page is QuizPage => Boolean(needsOf(page).quiz);

export const recordItems = (page: Page, state: State) =>
  (needsOf(page).record ?? []).map((key) => state.records.get(key));

/**
 * The rule by which a page counts as done. A quiz or record that asks nothing is done like any
 * page.
 */
export const kindOf = (page: Page) => {
  const { kind } = page;
  return kind !== "page" && needsOf(page)[kind] ? kind : "page";
};

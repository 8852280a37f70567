// On the cover of a course that is not finished: the scores of its quizzes, and what is left to do
// once they are passed.

import { percent } from "../dom/words.ts";
import { el } from "../dom/element.ts";
import { pageList, todoList } from "../page/todo.ts";
import { measure, pageStatus, type QuizStanding } from "../state/progress.ts";
import { shownScore } from "../state/scoring.ts";
import { lacking } from "../state/tracking.ts";
import { resultOf, spentInWords } from "./course-result.ts";
import { scoreLine } from "./finished.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";

type Parts = Pick<SurroundingsParts, "visit" | "course" | "work" | "view">;

// Maximum number of pages in a list, so that the button below it stays in view.
const MAX_LISTED = 3;

/** The result so far; nothing before the first quiz is taken. */
export function resultSoFar(parts: Parts): HTMLElement[] {
  const { course, work, view } = parts;
  const { outline, tracking } = course;
  const { say, locked } = view;
  const { state } = work.store;
  const result = resultOf(parts);
  const { score, mark, spent, todo } = result;
  const { quizzes } = measure(outline, state, tracking);
  const taken = quizzes.filter((quiz) => quiz.score !== null);
  const passed = taken.length > 0 && !lacking(quizzes, tracking).length;
  // In the score of the course, a quiz that is not taken counts as 0, and one that is judged alone
  // like the others.
  const judged = quizzes.length === 1 || !quizzes.some(({ alone }) => alone);
  const missed = !passed && (score ?? mark) < mark;
  const whole = taken.length === quizzes.length && (judged || missed);
  // After an edit of the course, a higher score of an earlier quiz can remain.
  const isCurrent = passed || spent || missed;
  const left = passed && todo.length > 0;
  return [
    ...(whole && isCurrent ? [el("p", {}, scoreLine(result, say, passed))] : []),
    ...(whole || !taken.length ? [] : [scoreList(taken, parts)]),
    ...spentInWords(result, say).map((line) => el("p", {}, line)),
    ...(left ? [el("h3", {}, say("end_todo"))] : []),
    ...(left ? [todoList(todo, { state, locked, say }, MAX_LISTED)] : []),
  ];
}

/** The quizzes that are taken, each with its score; also whether those judged alone are passed. */
function scoreList(taken: QuizStanding[], { course, work, view: { locked, say } }: Parts) {
  const scores = new Map(taken.map(({ key, score }) => [key, score]));
  const pages = course.outline.pages.filter(({ key }) => scores.has(key));
  return pageList(pages, { locked, say }, MAX_LISTED, (page) => {
    const mark = (page.quiz?.pass_mark ?? 0) * 100;
    const words = percent(say, shownScore(scores.get(page.key) ?? 0, mark));
    const judged = page.quiz?.alone && mark;
    return judged ? `${say(pageStatus(page, work.store.state))} (${words})` : words;
  });
}

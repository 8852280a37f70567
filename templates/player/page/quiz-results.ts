// The results of a quiz: the score, what to do next, and every answer with its feedback.

import { percent } from "../dom/words.ts";
import { button, el, html } from "../dom/element.ts";
import { countsInWords } from "./counts.ts";
import { markedList, marksOf } from "./feedback-marks.ts";
import { FULL, shownScore, verdictOf, type Hundredths } from "../state/scoring.ts";
import { todoList } from "./todo.ts";
import { reasons, verdictInWords } from "./feedback-words.ts";
import type { Say } from "../dom/words.ts";
import type { Earned } from "../state/attempts.ts";
import type { BehaviourOf } from "../state/behaviour.ts";
import type { Total } from "../state/course-total.ts";
import type { Page } from "../state/course.ts";
import type { Question } from "../state/question.ts";
import type { Quiz, State } from "../state/state.ts";

/** A finished attempt, as the results show it. */
export interface QuizReview {
  /** The questions answered in the attempt. */
  questions: Question[];
  behaviourOf: BehaviourOf;
  quiz: Quiz;
  creditOf(question: Question): Hundredths;
  scored: Earned;
  /** The score that counts. */
  best: Hundredths | null;
  total: Total;
  /** The pass mark for `total.score`. */
  mark: Hundredths;
  /** The same in words, and the score of the attempt. */
  needed: string;
  scoredWords: string;
  passed: boolean;
  /** The next open page; null unless the quiz is passed. */
  onward: Page | null;
  /** Whether the last score counts rather than the best. */
  last: boolean;
  /** The words of the link to a page with an answer that is not read yet; null for other pages. */
  toRead?(page: string): string | null;
  /** Whether feedback is shown. */
  telling: boolean;
  /** Whether no attempt is left. */
  over: boolean;
  /** Whether the right answer of a question is revealed. */
  tells(question: Question): boolean;
  /** HTML of each question's form, by question id. */
  forms: Record<string, string>;
  state: State;
  /** Attempts left, and the button for another one. */
  next: (HTMLElement | null)[];
  /** Whether the contents list has pages that are not read, done or passed. */
  unread: boolean;
  /** Why a page is locked; null if it is open. */
  locked(page: Page): string | null;
  say: Say;
}

type Answered = { question: Question; response: string };

/** The elements of the results view. */
export function results(review: QuizReview) {
  const { questions, total, mark, next } = review;
  const rest = todo(review);
  const again = byPage(review);
  return [
    outcome(review),
    // After a pass, the rest of the course comes before what to read again.
    ...(total.score < mark ? [again, ...next, ...rest] : [...rest, ...next, again]),
    questions.length ? answered(review) : null,
  ].filter((element) => element !== null);
}

/** Passed or not, with the scores. After a pass, the button to the next page comes first. */
function outcome(review: QuizReview) {
  const { onward, say } = review;
  const key = outcomeKey(review);
  return el(
    "section",
    { class: `outcome ${key}` },
    el("h2", {}, say(key)),
    onward ? nextPage(onward, say) : null,
    ...scores(review).map((words) => el("p", {}, words)),
    key === "failed" && review.total.spent ? el("p", {}, say("end_spent")) : null,
  );
}

function outcomeKey({ best, total, mark, over }: QuizReview) {
  if (total.score >= mark) return mark ? "passed" : "results";
  if (total.spent) return "failed";
  // This quiz alone would pass; others that count with it are missing.
  if (Number(best) >= mark && total.todo.length) return "results";
  return over ? "failed" : "not_passed";
}

/** A button that opens a page. */
export const pageButton = ({ id }: Page, words: string, attributes = {}) =>
  button(
    words,
    () => {
      location.hash = `#/${id}`;
    },
    attributes,
  );

/** The way to the page that comes next. */
export const nextPage = (page: Page, say: Say) =>
  el("div", { class: "actions" }, pageButton(page, say("next", { title: page.title })));

/**
 * The number of right answers per source page, with links to what to read again; null if everything
 * was right. After a fail, only the pages to read again.
 */
export function byPage({ questions, creditOf, telling, total, mark, toRead, say }: QuizReview) {
  const pages = new Map<string, { title: string; address: string; right: number; of: number }>();
  for (const question of questions) {
    const { source, scored } = question;
    if (!source || !scored) continue;
    const row = pages.get(source.id) ?? { title: source.title, address: "", right: 0, of: 0 };
    pages.set(source.id, row);
    row.of += 1;
    if (creditOf(question) === FULL) row.right += 1;
    // Links to the first passage that was not known.
    else row.address ||= placeOf(source);
  }
  // Nothing calls a test-out a fail.
  const failed = total.score < mark && !toRead;
  const rows = [...pages.values()].filter(({ address }) => address || !failed);
  if (!telling || rows.every(({ address }) => !address)) return null;
  return el(
    "section",
    {},
    el("h2", {}, say(failed ? "read_what" : "by_page")),
    el("ul", { class: "todo" }, ...rows.map((row) => el("li", {}, ...pageResult(row, say)))),
  );
}

const placeOf = ({ id, anchor }: { id: string; anchor?: string }) =>
  anchor ? `#/${id}/${anchor}` : `#/${id}`;

function pageResult(
  { title, address, right, of }: { title: string; address: string; right: number; of: number },
  say: Say,
) {
  const name = address ? el("a", { href: address }, title) : el("span", {}, title);
  return [name, ` – ${say("right_of", { n: right, of })}`];
}

/** The questions with their answers, folded after a pass. */
export function answered(review: QuizReview) {
  const { questions, quiz } = review;
  const rows = questions.map((question, at) =>
    reviewed({ question, response: quiz.answers.get(question.key) ?? "" }, at, review),
  );
  const heading = el("h2", {}, review.say("review"));
  return review.passed
    ? el("details", { class: "review" }, el("summary", {}, heading), ...rows)
    : el("section", { class: "review" }, heading, ...rows);
}

function scores(review: QuizReview) {
  const { questions, best, scored, total, mark, last, telling, say } = review;
  const shown = (hundredths: number) => percent(say, shownScore(hundredths, mark));
  const { hundredths } = scored;
  const values = { score: review.scoredWords };
  return [
    questions.length ? say("scored_only", values) : "",
    questions.length && telling ? say("counts", { counts: countsInWords(scored, say) }) : "",
    best !== hundredths || !questions.length
      ? say(last ? "score_counts" : "best_score", { score: shown(best ?? 0) })
      : "",
    total.quizzes > 1 ? say("all_quizzes", { score: shown(total.score) }) : "",
    mark && total.score < mark ? say("you_need", { mark: review.needed }) : "",
  ].filter(Boolean);
}

function todo({
  total: { todo: pages, score, finished },
  mark,
  unread,
  state,
  locked,
  say,
}: QuizReview) {
  if (pages.length) return [el("p", {}, say("todo")), todoList(pages, { state, locked, say })];
  return finished && score >= mark ? [el("p", {}, say(unread ? "todo_unread" : "todo_none"))] : [];
}

/** A question with its answer; open if that was not right. */
function reviewed({ question, response }: Answered, at: number, review: QuizReview) {
  const { behaviourOf, forms, telling, tells, say } = review;
  const behaviour = behaviourOf(question);
  const credit = behaviour.credit(question, response);
  const revealed = telling && tells(question);
  const verdict = verdictOf(question, credit);
  const form = html("div", {}, forms[question.id]);
  const marks = (telling && marksOf(question, behaviour, response, say)) || [];
  const words = question.scored
    ? verdictInWords(question, behaviour, response, say)
    : say("not_scored");
  const answer = say("your_answer_is", { answer: behaviour.describe(question, response, say) });
  return el(
    "details",
    {
      class: telling ? `reviewed ${verdict}` : "reviewed",
      open: telling && question.scored && credit < FULL,
    },
    el(
      "summary",
      {},
      el("h3", {}, `${at + 1}. ${question.prompt}`),
      telling ? el("span", { class: `mark ${verdict}` }, words) : null,
    ),
    marks.length ? markedList(form, marks, revealed, say) : el("p", {}, answer),
    ...(telling ? why(question, response, revealed, review) : []),
  );
}

function why(
  question: Question,
  response: string,
  revealed: boolean,
  { behaviourOf, toRead, say }: QuizReview,
) {
  const { source } = question;
  const parts = reasons(question, behaviourOf(question), response, revealed, say);
  for (const passage of parts.flatMap((part) => [...part.querySelectorAll(".read-again")])) {
    const link = [...passage.querySelectorAll("a")].pop() as HTMLElement;
    const words = toRead?.(String(link.getAttribute("href")).split("/")[1]);
    if (words) (passage.querySelector("summary") ?? link).textContent = words;
  }
  const links = source ? `.read-again :is([href="#/${source.id}"], [href^="#/${source.id}/"])` : "";
  if (!source || parts.some((part) => part.querySelector(links))) return parts;
  const words = toRead?.(source.id) ?? say("read_again", { title: source.title });
  return [...parts, el("p", {}, el("a", { href: placeOf(source) }, words))];
}

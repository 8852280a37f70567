// The results of a quiz: the score, what to do next, and every answer.

import { percent } from "../dom/words.ts";
import { button, el } from "../dom/element.ts";
import { countsInWords } from "./counts.ts";
import { FULL, shownScore, type Hundredths } from "../state/scoring.ts";
import { missedInWords } from "./mark-words.ts";
import { answered, placeOf } from "./quiz-reviewed.ts";
import { resultBand, savedLine, type SaveNews } from "./result-band.ts";
import { todoList } from "./todo.ts";
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
  /** Whether the right answer of a question is revealed. */
  tells(question: Question): boolean;
  /** HTML of each question's form, by question id. */
  forms: Record<string, string>;
  state: State;
  status: SaveNews;
  /** Attempts left, and the button for another one. */
  next: (HTMLElement | null)[];
  /** Whether the contents list has pages that are not read, done or passed. */
  unread: boolean;
  /** Why a page is locked; null if it is open. */
  locked(page: Page): string | null;
  say: Say;
}

/** The elements of the results view. */
export function results(review: QuizReview) {
  const { questions, total, mark, next } = review;
  const rest = todo(review);
  const again = byPage(review);
  return [
    outcome(review),
    // After a pass, the rest of the course comes before what to read again.
    ...(total.score < mark ? [readFirst(again, next), ...rest] : [...rest, ...next, again]),
    questions.length ? answered(review) : null,
  ].filter((element) => element !== null);
}

/** One card: what to read again, then the button for another attempt. */
const readFirst = (again: HTMLElement | null, next: QuizReview["next"]) =>
  again || next.some(Boolean) ? el("div", { class: "next-steps" }, again, ...next) : null;

/** Passed or not, with the scores. After a pass, the button to the next page comes first. */
function outcome(review: QuizReview) {
  const { onward, say } = review;
  const key = outcomeKey(review);
  const score = isDecided(review) ? [` · ${shownIn(review, review.total.score)}`] : [];
  return el(
    "section",
    { class: `outcome ${key}` },
    resultBand(
      BAND[key],
      el("h2", {}, el("span", {}, say(key)), ...score),
      scores(review),
      savedLine(review.status, say),
      review.total.score,
    ),
    ...(review.total.lost
      ? [...missedInWords(say, review.total.missed), say("end_spent")]
      : []
    ).map((words) => el("p", {}, words)),
    onward ? nextPage(onward, say) : null,
  );
}

/** Whether the score of all that counts together is known, so that the heading has it. */
const isDecided = ({ total, mark }: QuizReview) =>
  total.quizzes === 1 || total.lost || total.score >= mark;

const shownIn = ({ mark, say }: QuizReview, score: Hundredths) =>
  percent(say, shownScore(score, mark));

const BAND = { passed: "passed", results: "open", not_passed: "failed", failed: "failed" };

/** Text key of the heading above the result of a part. */
export function outcomeKey({ best, total, mark }: Pick<QuizReview, "best" | "total" | "mark">) {
  if (total.score >= mark) return mark ? "passed" : "results";
  if (total.lost) return "failed";
  // This quiz alone would pass; others that count with it are missing.
  if (Number(best) >= mark && total.todo.length) return "results";
  return "not_passed";
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

function pageResult(
  { title, address, right, of }: { title: string; address: string; right: number; of: number },
  say: Say,
) {
  const name = address ? el("a", { href: address }, title) : el("span", {}, title);
  return [name, ` – ${say("right_of", { n: right, of })}`];
}

function scores(review: QuizReview) {
  const { questions, best, scored, total, mark, last, telling, say } = review;
  const { hundredths } = scored;
  const values = { score: review.scoredWords };
  return [
    // The heading has it already, unless another attempt counts, or points do.
    questions.length && !(isDecided(review) && values.score === shownIn(review, total.score))
      ? say("scored_only", values)
      : "",
    questions.length && telling ? say("counts", { counts: countsInWords(scored, say) }) : "",
    best !== hundredths || !questions.length
      ? say(last ? "score_counts" : "best_score", { score: shownIn(review, best ?? 0) })
      : "",
    total.quizzes > 1 ? say("all_quizzes", { score: shownIn(review, total.score) }) : "",
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

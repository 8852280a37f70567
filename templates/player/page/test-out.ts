// The views of a test-out that differ from those of a quiz: before it starts, and its result.

import { button, el } from "../dom/element.ts";
import { markBefore } from "./mark-words.ts";
import { answered } from "./quiz-reviewed.ts";
import { byPage, nextPage, pageButton } from "./quiz-results.ts";
import { questionCount } from "./quiz-start.ts";
import { todoList } from "./todo.ts";
import { attemptsLeft, pageStatus, quizPassed } from "../state/progress.ts";
import { coveredBy, endTest, mayTry, unreadBy } from "../state/test-out.ts";
import { reportShown } from "./shown-pages.ts";
import type { Page, TestPage } from "../state/course.ts";
import type { Hundredths } from "../state/scoring.ts";
import type { QuizGiven } from "./quiz.ts";
import type { QuizReview } from "./quiz-results.ts";
import type { State } from "../state/state.ts";

const NOT_DONE = ["not_started", "changed", "started", "optional", "quiz_not_passed"];

const isToDo = (page: Page, state: State) => NOT_DONE.includes(pageStatus(page, state));

const withoutNull = (elements: (HTMLElement | null)[]) =>
  elements.filter((element) => element !== null);

const isTest = (entry: Page): entry is TestPage => Boolean(entry.covers);

/** What is special about the page `given.entry` if it is a test-out; null for a quiz. */
export function createTestOut(given: QuizGiven) {
  const { entry, outline, store, interactions } = given;
  if (!isTest(entry)) return null;
  return {
    /** Ends an attempt, within the change that stores it. */
    ended(score: Hundredths) {
      const pages = endTest(entry, outline, store.state, score);
      if (pages.length) reportShown(entry, pages, interactions);
    },
    start: (start: () => void) => startView(entry, given, start),
    results: (review: QuizReview, start: () => void) => resultView(entry, given, review, start),
  };
}

/**
 * The button to the first page to read; nothing if all pages that the test-out replaces are read.
 * The button may lead to a page that the test-out does not replace.
 */
function readButton(entry: TestPage, { outline, store, locked, say }: QuizGiven, attributes = {}) {
  const { pages } = outline;
  const unread = unreadBy(entry, outline, store.state);
  const last = unread[unread.length - 1];
  const page = pages
    .slice(pages.indexOf(entry) + 1, pages.indexOf(last) + 1)
    .find((one) => isToDo(one, store.state) && !locked(one));
  return page ? [pageButton(page, say("test_read"), attributes)] : [];
}

/** The attempts left, as text; "" without a limit. `key` is `attempts_left` or `attempts_more`. */
function attemptsInWords(entry: TestPage, { store, say }: QuizGiven, key: string) {
  const left = attemptsLeft(entry, store.state);
  if (left === Infinity) return "";
  return left ? `${say.count(key, left)} ${say("test_counts")}` : say("attempts_none");
}

/** The elements before the first attempt: what the test is like, and the two ways on. */
function startView(entry: TestPage, given: QuizGiven, start: () => void) {
  const { data, outline, store, say } = given;
  if (!mayTry(entry, outline, store.state))
    return withoutNull([el("p", {}, say("test_nothing")), onward(entry, given)]);
  const n = questionCount(data.quiz);
  const facts = [
    say.count("test_questions", n),
    markBefore(say, entry),
    attemptsInWords(entry, given, "attempts_left"),
    say("test_apart"),
  ];
  return [
    el("ul", {}, ...facts.filter(Boolean).map((fact) => el("li", {}, fact))),
    el(
      "div",
      { class: "actions" },
      button(say.count("test_start", n), start),
      ...readButton(entry, given, { class: "plain" }),
    ),
  ];
}

/** The way to the next page that is not done, else to the page after the module. */
function onward(entry: TestPage, { outline: { pages }, store, locked, say }: QuizGiven) {
  const after = pages.slice(pages.indexOf(entry) + 1).filter((page) => !locked(page));
  const next =
    after.find((page) => isToDo(page, store.state)) ??
    after.find(({ id }) => !entry.covers.includes(id));
  return next ? nextPage(next, say) : null;
}

/** The elements of the result. */
function resultView(entry: TestPage, given: QuizGiven, review: QuizReview, start: () => void) {
  return quizPassed(entry, given.store.state)
    ? passedView(entry, given, review)
    : notPassedView(entry, given, review, start);
}

/** What was shown, what is still to read, and every answer: no further try asks them. */
function passedView(entry: TestPage, given: QuizGiven, review: QuizReview) {
  const { store, outline, say } = given;
  const told: QuizReview = {
    ...review,
    passed: true,
    toRead(id) {
      const page = outline.pages.find((one) => one.id === id);
      const isUnread = page && !store.state.visited.has(page.key);
      return isUnread ? say("test_read_page", { title: page.title }) : null;
    },
  };
  const left = unreadBy(entry, outline, store.state);
  return withoutNull([
    el(
      "section",
      { class: "outcome passed" },
      el("h2", {}, say("test_passed")),
      onward(entry, given),
      el("p", {}, say("scored_only", { score: review.scoredWords })),
      ...shownPages(entry, given),
    ),
    left.length ? stillToRead(left, given) : null,
    byPage(told),
    review.questions.length ? answered(told) : null,
  ]);
}

/**
 * Only how many answers were right, and what to read: which ones they were would be worth a guess,
 * in a further try after an edit or to a colleague. Nothing calls it a fail.
 */
function notPassedView(entry: TestPage, given: QuizGiven, review: QuizReview, start: () => void) {
  const { store, outline, say } = given;
  const { right, scored } = review.scored;
  const left = unreadBy(entry, outline, store.state);
  const points = entry.mark?.points;
  const reached = points ? review.scoredWords : say("right_of", { n: right, of: scored });
  const result = [scored ? `${reached}.` : "", say("you_need", { mark: review.needed })];
  return withoutNull([
    el(
      "section",
      { class: "outcome" },
      el("h2", {}, say(left.length ? "test_not_passed" : "test_read_all")),
      left.length ? el("p", {}, result.filter(Boolean).join(" ")) : null,
      ...ways(entry, given, left, start),
    ),
    left.length ? stillToRead(left, given) : null,
  ]);
}

/** How many pages the test-out has shown. */
function shownPages(entry: TestPage, { outline, store, say }: QuizGiven) {
  const shown = coveredBy(entry, outline).filter(
    (page) => pageStatus(page, store.state) === "shown",
  );
  return shown.length ? [el("p", {}, say.count("test_shown", shown.length))] : [];
}

const stillToRead = (pages: Page[], { store: { state }, locked, say }: QuizGiven) =>
  el("section", {}, el("h2", {}, say("test_still")), todoList(pages, { state, locked, say }));

/** After a fail: to the pages, and to a further try, if one is left and can show anything. */
function ways(entry: TestPage, given: QuizGiven, left: Page[], start: () => void) {
  const { outline, store, say } = given;
  if (!left.length) return [onward(entry, given)];
  const more = mayTry(entry, outline, store.state);
  return [
    el("p", {}, say(more ? "test_read_or_try" : "test_read_now")),
    more ? el("p", {}, attemptsInWords(entry, given, "attempts_more")) : null,
    el(
      "div",
      { class: "actions" },
      ...readButton(entry, given),
      more ? button(say("try_again"), start, { class: "plain" }) : null,
    ),
  ];
}

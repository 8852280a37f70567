// The results of a quiz: how it went, how to go on, and every answer with its marks and reasons.

import { el, html } from "../dom/element.js";
import { countsInWords } from "./counts.js";
import { markedList, marksOf } from "./feedback-marks.js";
import { FULL, shownScore, verdictOf } from "../state/scoring.js";
import { todoList } from "./todo.js";
import { reasons, verdictInWords } from "./feedback-words.js";

/** @import {Question, QuizReview, Say} from "../types" */
/** @typedef {{question: Question, response: string}} Answered */

/**
 * The elements of the results view.
 *
 * @param {QuizReview} review
 */
export function results(review) {
  const { questions, quiz, total, mark, next, say } = review;
  const answers = questions.map((question) => ({
    question,
    response: quiz.answers.get(question.key) ?? "",
  }));
  const rest = todo(review);
  return [
    outcome(review),
    // Once the quiz is passed the rest of the course comes first, before that another attempt.
    ...(total.score < mark ? [...next, ...rest] : [...rest, ...next]),
    answers.length
      ? el(
          "section",
          { class: "review" },
          el("h2", {}, say("review")),
          ...answers.map((answer, at) => reviewed(answer, at, review)),
        )
      : null,
  ].filter((element) => element !== null);
}

/**
 * Passed or not, by sign, word and colour, with the scores.
 *
 * @param {QuizReview} review
 */
function outcome(review) {
  const { total, mark, over, say } = review;
  const key = !mark ? "results" : total.score >= mark ? "passed" : over ? "failed" : "not_passed";
  return el(
    "section",
    { class: `outcome ${key}` },
    el("h2", {}, say(key)),
    ...scores(review).map((words) => el("p", {}, words)),
  );
}

/** @param {QuizReview} review */
function scores({ questions, quiz, scored, total, mark, last, telling, say }) {
  /** @param {number} hundredths */
  const percent = (hundredths) => say.percent(shownScore(hundredths, mark));
  const { hundredths } = scored;
  const values = { score: percent(hundredths) };
  const best = { score: percent(quiz.best ?? 0) };
  const needed = { mark: say.percent(mark) };
  return [
    questions.length ? say("scored_only", values) : "",
    questions.length && telling ? say("counts", { counts: countsInWords(scored, say) }) : "",
    quiz.best !== hundredths || !questions.length
      ? say(last ? "score_counts" : "best_score", best)
      : "",
    total.quizzes > 1 ? say("all_quizzes", { score: percent(total.score) }) : "",
    mark && total.score < mark ? say("you_need", needed) : "",
  ].filter(Boolean);
}

/** @param {QuizReview} review */
function todo({ total: { todo: pages, score, finished }, mark, unread, state, locked, say }) {
  if (pages.length) return [el("p", {}, say("todo")), todoList(pages, { state, locked, say })];
  return finished && score >= mark ? [el("p", {}, say(unread ? "todo_unread" : "todo_none"))] : [];
}

/**
 * A question with what was answered, once; what was not right is open.
 *
 * @param {Answered} answer
 * @param {number} at
 * @param {QuizReview} review
 */
function reviewed({ question, response }, at, review) {
  const { behaviourOf, forms, telling, tells, say } = review;
  const behaviour = behaviourOf(question);
  const credit = behaviour.credit(question, response);
  const told = telling && tells(question);
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
    marks.length ? markedList(form, marks, told, say) : el("p", {}, answer),
    ...(telling ? why(question, response, told, review) : []),
  );
}

/**
 * @param {Question} question
 * @param {string} response
 * @param {boolean} told
 * @param {QuizReview} review
 */
function why(question, response, told, { behaviourOf, say }) {
  const { source } = question;
  const said = reasons(question, behaviourOf(question), response, told, say);
  const address = source && `#/${source.id}`;
  const linked = said.some((part) => part.querySelector(`a[href="${address}"]`));
  return source && !linked
    ? [...said, el("p", {}, el("a", { href: address }, say("read_again", { title: source.title })))]
    : said;
}

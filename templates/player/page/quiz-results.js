// The results of a quiz: the score in words, a table, and every answer with its reasons.

import { el } from "../dom/element.js";
import { reasons } from "./question-form.js";
import { verdictOf } from "../state/scoring.js";

/** @import {Question, QuizReview, Say} from "../types" */
/** @typedef {{question: Question, response: string}} Answered */

// A list of pages to be done is to be read, not searched.
const TODO_SHOWN = 10;

/**
 * The elements of the results view.
 *
 * @param {QuizReview} review
 */
export function results(review) {
  const { questions, quiz, total, mark, telling, next, say } = review;
  const answers = questions.map((question) => ({
    question,
    response: quiz.answers.get(question.key) ?? "",
  }));
  const rest = todo(review);
  return [
    el("h2", {}, say("results")),
    ...scores(review),
    // Once the quiz is passed the rest of the course comes first, before that another attempt.
    ...(total.score < mark ? [...next, ...rest] : [...rest, ...next]),
    telling && answers.length
      ? el(
          "section",
          { class: "table-scroll", tabindex: "0", "aria-label": say("results") },
          table(answers, review),
        )
      : null,
    answers.length
      ? el(
          "section",
          { class: "review" },
          el("h2", {}, say("review")),
          ...answers.flatMap((answer, at) => reviewed(answer, at, review)),
        )
      : null,
  ].filter((element) => element !== null);
}

/** @param {QuizReview} review */
function scores({ questions, quiz, scored, total, mark, last, telling, say }) {
  const { hundredths, right, scored: of } = scored;
  const best = { score: say.percent(quiz.best ?? 0) };
  const values = { score: say.percent(hundredths), right, of };
  return [
    questions.length ? el("p", {}, say(telling ? "scored" : "scored_only", values)) : null,
    quiz.best !== hundredths || !questions.length
      ? el("p", {}, say(last ? "score_counts" : "best_score", best))
      : null,
    mark ? el("p", { class: "pass-line" }, passLine({ total, mark, say })) : null,
  ];
}

/** @param {Pick<QuizReview, "total" | "mark" | "say">} review */
function passLine({ total: { quizzes, score }, mark, say }) {
  const key = score >= mark ? "passed" : "not_passed";
  const values = { mark: say.percent(mark), score: say.percent(score) };
  return quizzes > 1 ? `${say("all_quizzes", values)} ${say(key, values)}` : say(key, values);
}

/**
 * @param {Answered[]} answers
 * @param {QuizReview} review
 */
function table(answers, review) {
  const { say } = review;
  /** @param {string} words */
  const column = (words) => el("th", { scope: "col" }, words);
  const rows = answers.map((answer, at) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, `${at + 1}. ${answer.question.prompt}`),
      el("td", {}, verdict(answer, review)),
    ),
  );
  return el(
    "table",
    { class: "results" },
    el("thead", {}, el("tr", {}, column(say("results_question")), column(say("results_result")))),
    el("tbody", {}, ...rows),
  );
}

/**
 * @param {Answered} answer
 * @param {QuizReview} review
 */
function verdict({ question, response }, { behaviourOf, say }) {
  if (!question.scored) return say("not_scored");
  return say(verdictOf(question, behaviourOf(question).credit(question, response)));
}

/** @param {QuizReview} review */
function todo({ total: { todo: pages, score, finished }, mark, unread, status, locked, say }) {
  if (!pages.length) {
    return finished && score >= mark
      ? [el("p", {}, say(unread ? "todo_unread" : "todo_none"))]
      : [];
  }
  const more = pages.length - TODO_SHOWN;
  return [
    el("p", {}, say("todo")),
    el(
      "ul",
      { class: "todo" },
      ...pages
        .slice(0, TODO_SHOWN)
        .map((page) =>
          el(
            "li",
            {},
            el("a", { href: locked(page) ? null : `#/${page.id}` }, page.title),
            ` – ${locked(page) ?? status(page)}`,
          ),
        ),
      more > 0 ? el("li", {}, say.count("todo_more", more)) : null,
    ),
  ];
}

/**
 * @param {string} term
 * @param {...(string | Node)} said
 */
const fact = (term, ...said) => el("div", {}, el("dt", {}, term), el("dd", {}, ...said));

/**
 * @param {Answered} answer
 * @param {number} at
 * @param {QuizReview} review
 */
function reviewed(answer, at, review) {
  const { question, response } = answer;
  const { behaviourOf, telling, say } = review;
  const words = behaviourOf(question).describe(question, response, say);
  const facts = [fact(say("your_answer"), words), ...(telling ? judged(answer, review) : [])];
  return [el("h3", {}, `${at + 1}. ${question.prompt}`), el("dl", { class: "facts" }, ...facts)];
}

/**
 * @param {Answered} answer
 * @param {QuizReview} review
 */
function judged(answer, review) {
  const { question, response } = answer;
  const { behaviourOf, say } = review;
  const { source } = question;
  const address = source && `#/${source.id}`;
  const why = reasons(question, behaviourOf(question), response, say);
  // The page has a row of its own here.
  for (const link of why.flatMap((said) => [...said.querySelectorAll(".read-again a")])) {
    if (link.getAttribute("href") === address) link.closest(".read-again")?.remove();
  }
  return [
    fact(say("results_result"), verdict(answer, review)),
    ...(why.length ? [fact(say("why"), ...why)] : []),
    ...(source
      ? [fact(say("read_again"), el("p", {}, el("a", { href: address }, source.title)))]
      : []),
  ];
}

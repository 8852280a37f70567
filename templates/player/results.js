// What came of a quiz: the score in words, a table, and every answer with its reasons.

import { el } from "./element.js";
import { reasons } from "./question-form.js";
import { verdictOf } from "./scoring.js";

// A list of what is left is to be read, not searched.
const TODO_SHOWN = 10;

/**
 * The elements of the results view. `scored` is that of the attempt on view, `quiz` its state,
 * `mark` the pass mark in hundredths of a percent. `total` is {quizzes, score, todo}: how
 * many quizzes the course has, their score together, which is what the mark is for, and the pages
 * still to be done. `next` are elements that say how to go on; `status(page)` is that of a page in
 * words.
 */
export function results({ questions, behaviourOf, quiz, scored, total, mark, next, status, say }) {
  const answers = questions.map((question) => ({ question, response: quiz.answers.get(question.key) ?? "" }));
  const table = el(
    "table",
    { class: "results" },
    el("thead", {}, el("tr", {}, column(say("results_question")), column(say("results_result")))),
    el("tbody", {}, ...answers.map(({ question, response }, at) =>
      el("tr", {},
        el("th", { scope: "row" }, `${at + 1}. ${question.prompt}`),
        el("td", {}, verdict(question, response, behaviourOf, say))))),
  );
  return [
    el("h2", {}, say("results")),
    el("p", {}, say("scored", {
      score: say.percent(scored.hundredths), right: scored.right, of: scored.scored,
    })),
    quiz.best > scored.hundredths ? el("p", {}, say("best_score", { score: say.percent(quiz.best) })) : null,
    mark ? el("p", { class: "pass-line" }, passLine(total, mark, say)) : null,
    ...todo(total, mark, status, say),
    ...next,
    el("div", { class: "table-scroll", role: "region", tabindex: "0", "aria-label": say("results") }, table),
    el("section", { class: "review" },
      el("h2", {}, say("review")),
      ...answers.flatMap((answer, at) => reviewed(answer, at, behaviourOf, say))),
  ].filter(Boolean);
}

const column = (words) => el("th", { scope: "col" }, words);

const verdict = (question, response, behaviourOf, say) =>
  say(verdictOf(question, response === "" ? 0 : behaviourOf(question).credit(question, response)));

function passLine({ quizzes, score }, mark, say) {
  const key = score >= mark ? "passed" : "not_passed";
  const values = { mark: say.percent(mark), score: say.percent(score) };
  return quizzes > 1 ? `${say("all_quizzes", values)} ${say(key, values)}` : say(key, values);
}

function todo({ todo: pages, score }, mark, status, say) {
  if (!pages.length) return score < mark ? [] : [el("p", {}, say("todo_none"))];
  const more = pages.length - TODO_SHOWN;
  return [
    el("p", {}, say("todo")),
    el("ul", { class: "todo" },
      ...pages.slice(0, TODO_SHOWN).map((page) =>
        el("li", {}, el("a", { href: `#/${page.id}` }, page.title), ` – ${status(page)}`)),
      more > 0 ? el("li", {}, say.count("todo_more", more)) : null),
  ];
}

const fact = (term, ...said) => el("div", {}, el("dt", {}, term), el("dd", {}, ...said));

function reviewed({ question, response }, at, behaviourOf, say) {
  const behaviour = behaviourOf(question);
  const chosen = behaviour.describe(question, response, say);
  const why = reasons(question, behaviour, response, say);
  return [
    el("h3", {}, `${at + 1}. ${question.prompt}`),
    el("dl", { class: "facts" },
      fact(say("your_answer"), chosen || say("no_answer")),
      fact(say("results_result"), verdict(question, response, behaviourOf, say)),
      ...(why.length ? [fact(say("why"), ...why)] : [])),
  ];
}

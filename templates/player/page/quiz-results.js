// What came of a quiz: the score in words, a table, and every answer with its reasons.

import { el } from "../dom/element.js";
import { reasons } from "./question-form.js";
import { verdictOf } from "../state/scoring.js";

/** @import {Behaviour, Earned, Hundredths, Page, Question, Quiz, Say, Total} from "../types" */

// A list of what is left is to be read, not searched.
const TODO_SHOWN = 10;

/**
 * The elements of the results view. `questions` are those answered in the attempt on view,
 * `scored` what they earned, `quiz` its state, `mark` the pass mark in hundredths of a percent;
 * `last` is whether the last score counts rather than the best. `total` is {quizzes, score, todo,
 * finished}: how many quizzes are judged together with this one, their score, which is what the
 * mark is for, the pages still to be done, and whether nothing is left to do in the whole course.
 * `telling` is whether the trainee is told which answers were right. `next` are elements that say
 * how to go on; `unread` is whether Contents lists a page as not read, done or passed, `status(page)`
 * is that of a page in words, `locked(page)` why it is not open, else null.
 *
 * @param {{questions: Question[], behaviourOf: (question: Question) => Behaviour, quiz: Quiz, scored: Earned, total: Total, mark: Hundredths, last: boolean, telling: boolean, next: (HTMLElement | null)[], unread: boolean, status: (page: Page) => string, locked: (page: Page) => string | null, say: Say}} parts
 */
export function results({
  questions,
  behaviourOf,
  quiz,
  scored,
  total,
  mark,
  last,
  telling,
  next,
  unread,
  status,
  locked,
  say,
}) {
  const answers = questions.map((question) => ({
    question,
    response: quiz.answers.get(question.key) ?? "",
  }));
  const table = el(
    "table",
    { class: "results" },
    el("thead", {}, el("tr", {}, column(say("results_question")), column(say("results_result")))),
    el(
      "tbody",
      {},
      ...answers.map(({ question, response }, at) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, `${at + 1}. ${question.prompt}`),
          el("td", {}, verdict(question, response, behaviourOf, say)),
        ),
      ),
    ),
  );
  const rest = todo(total, { mark, unread, status, locked, say });
  return [
    el("h2", {}, say("results")),
    answers.length
      ? el(
          "p",
          {},
          say(telling ? "scored" : "scored_only", {
            score: say.percent(scored.hundredths),
            right: scored.right,
            of: scored.scored,
          }),
        )
      : null,
    quiz.best !== scored.hundredths || !answers.length
      ? el(
          "p",
          {},
          say(last ? "score_counts" : "best_score", { score: say.percent(quiz.best ?? 0) }),
        )
      : null,
    mark ? el("p", { class: "pass-line" }, passLine(total, mark, say)) : null,
    // Once the quiz is passed the rest of the course comes first, before that another attempt.
    ...(total.score < mark ? [...next, ...rest] : [...rest, ...next]),
    ...(telling && answers.length
      ? [
          el(
            "section",
            { class: "table-scroll", tabindex: "0", "aria-label": say("results") },
            table,
          ),
        ]
      : []),
    answers.length
      ? el(
          "section",
          { class: "review" },
          el("h2", {}, say("review")),
          ...answers.flatMap((answer, at) => reviewed(answer, at, telling, behaviourOf, say)),
        )
      : null,
  ].filter((element) => element !== null);
}

/** @param {string} words */
const column = (words) => el("th", { scope: "col" }, words);

/**
 * @param {Question} question
 * @param {string} response
 * @param {(question: Question) => Behaviour} behaviourOf
 * @param {Say} say
 */
function verdict(question, response, behaviourOf, say) {
  if (!question.scored) return say("not_scored");
  return say(verdictOf(question, behaviourOf(question).credit(question, response)));
}

/**
 * @param {Total} total
 * @param {Hundredths} mark
 * @param {Say} say
 */
function passLine({ quizzes, score }, mark, say) {
  const key = score >= mark ? "passed" : "not_passed";
  const values = { mark: say.percent(mark), score: say.percent(score) };
  return quizzes > 1 ? `${say("all_quizzes", values)} ${say(key, values)}` : say(key, values);
}

/**
 * @param {Total} total
 * @param {{mark: Hundredths, unread: boolean, status: (page: Page) => string, locked: (page: Page) => string | null, say: Say}} said
 */
function todo({ todo: pages, score, finished }, { mark, unread, status, locked, say }) {
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
 * @param {{question: Question, response: string}} answer
 * @param {number} at
 * @param {boolean} telling
 * @param {(question: Question) => Behaviour} behaviourOf
 * @param {Say} say
 */
function reviewed({ question, response }, at, telling, behaviourOf, say) {
  const behaviour = behaviourOf(question);
  const given = fact(say("your_answer"), behaviour.describe(question, response, say));
  const facts = telling
    ? [given, ...judged(question, response, behaviour, behaviourOf, say)]
    : [given];
  return [el("h3", {}, `${at + 1}. ${question.prompt}`), el("dl", { class: "facts" }, ...facts)];
}

/**
 * @param {Question} question
 * @param {string} response
 * @param {Behaviour} behaviour
 * @param {(question: Question) => Behaviour} behaviourOf
 * @param {Say} say
 */
function judged(question, response, behaviour, behaviourOf, say) {
  const { source } = question;
  const address = source && `#/${source.id}`;
  const why = reasons(question, behaviour, response, say);
  // The page has a row of its own here.
  for (const link of why.flatMap((said) => [...said.querySelectorAll(".read-again a")])) {
    if (link.getAttribute("href") === address) link.closest(".read-again")?.remove();
  }
  return [
    fact(say("results_result"), verdict(question, response, behaviourOf, say)),
    ...(why.length ? [fact(say("why"), ...why)] : []),
    ...(source
      ? [fact(say("read_again"), el("p", {}, el("a", { href: address }, source.title)))]
      : []),
  ];
}

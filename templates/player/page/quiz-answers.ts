// The answers of an attempt before it is submitted: each can be changed (GOV.UK, “Check answers”).

import { button, el } from "../dom/element.js";

/** @import {Question, QuizGiven} from "../types" */
/** @typedef {ReturnType<typeof import("../state/attempts.js").createAttempts>} Attempts */

/**
 * The elements of the view. `change(question)` asks a question again, `submit()` ends the attempt.
 *
 * @param {QuizGiven} given
 * @param {Attempts} tries
 * @param {(question: Question) => void} change
 * @param {() => void} submit
 */
export function answersToCheck({ behaviourOf, say }, tries, change, submit) {
  /**
   * @param {Question} question
   * @param {number} at
   */
  function row(question, at) {
    const response = tries.responses().get(question.key) ?? "";
    const answer = behaviourOf(question).describe(question, response, say);
    const changing = button(say("change"), () => change(question), { class: "plain" });
    changing.append(el("span", { class: "unseen" }, ` ${say("change_which", { n: at + 1 })}`));
    return el(
      "li",
      {},
      el("h3", {}, `${at + 1}. ${question.prompt}`),
      el("p", { dir: "auto" }, answer),
      changing,
    );
  }
  return [
    el("h2", {}, say("check_answers")),
    el("p", {}, say("check_how")),
    el("ol", { class: "answers-to-check", role: "list" }, ...tries.asked().map(row)),
    el("div", { class: "actions" }, button(say("submit_answers"), submit)),
  ];
}

// One question's form: reading the answer, asking for a missing one, feedback.

import { createAnswerError } from "./answer-error.js";
import { button, el, focusOn, html } from "../dom/element.js";
import { verdictOf } from "../state/scoring.js";

/** @import {Behaviour, FormGiven, Problem, Question, Say} from "../types" */
/**
 * @typedef {object} Given
 * @property {HTMLFormElement} form
 * @property {Question} question
 * @property {Behaviour} behaviour Of the question's type.
 * @property {FormGiven} given The means for the behaviour's `mount`.
 * @property {Say} say
 * @property {(response: string, latency: number) => void} answered Hears of each answer; latency
 *   is in ms from showing to answering.
 */

const CONTROLS = "input, select, textarea";

/**
 * Makes the form of a question work.
 *
 * @param {Given} parts
 */
export function createQuestionForm({ form, question, behaviour, given, say, answered }) {
  const feedback = /** @type {HTMLElement} */ (form.querySelector(".feedback"));
  const answer = /** @type {HTMLElement} */ (form.querySelector(".answer"));
  const error = createAnswerError({ form, id: question.id, answer, say });
  let asked = performance.now();

  behaviour.mount?.(form, question, given);

  // A frame that may not submit forms has no submit event; Enter clicks the button as well.
  form.addEventListener("submit", take);
  form.querySelector("[type=submit]")?.addEventListener("click", take);

  /** @param {Event} event */
  function take(event) {
    event.preventDefault();
    error.clear();
    const response = behaviour.read(form, question, say);
    const problem =
      behaviour.problem?.(form, question, say) ??
      (response === "" ? missing(answer, behaviour.first(form), say) : null);
    if (problem) error.show(problem);
    else answered(response, performance.now() - asked);
  }

  return {
    answer,
    /**
     * Show the course's words to a response, with `actions`, and move the focus to them.
     *
     * @param {string} response
     * @param {...HTMLElement} actions
     */
    showFeedback(response, ...actions) {
      const verdict = verdictOf(question, behaviour.credit(question, response));
      feedback.className = `feedback ${verdict}`;
      feedback.replaceChildren(
        el("h3", {}, say(verdict)),
        ...reasons(question, behaviour, response, say),
        ...(actions.length ? [el("div", { class: "actions" }, ...actions)] : []),
      );
      feedback.hidden = false;
      focusOn(/** @type {HTMLElement} */ (feedback.firstElementChild));
    },
    hideFeedback() {
      feedback.hidden = true;
    },
    /** A button that clears this question and goes to its first control. */
    tryAgain: () =>
      button(say("try_again"), () => {
        feedback.hidden = true;
        behaviour.clear(form, question);
        asked = performance.now();
        behaviour.first(form)?.focus();
      }),
  };
}

/**
 * @param {HTMLElement} answer
 * @param {HTMLElement | null} first
 * @param {Say} say
 * @returns {Problem}
 */
const missing = (answer, first, say) => ({
  controls: [...new Set([first ?? answer, ...answer.querySelectorAll(CONTROLS)])],
  words: say("choose_answer"),
});

/**
 * The course's words to a response: to the whole, to each chosen option, why, and the source.
 *
 * @param {Question} question
 * @param {Behaviour} behaviour
 * @param {string} response
 * @param {Say} say
 */
export function reasons(question, behaviour, response, say) {
  const whole = question.feedback[verdictOf(question, behaviour.credit(question, response))];
  return [
    ...(whole ? [html("p", {}, whole)] : []),
    ...behaviour
      .feedback(question, response, say)
      .flatMap((text) => (text ? [html("div", {}, text)] : [])),
    ...(question.explanation ? [html("p", {}, question.explanation)] : []),
    ...(question.because ? [html("div", {}, question.because)] : []),
  ];
}

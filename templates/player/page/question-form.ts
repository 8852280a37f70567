// One question's form: reading the answer, asking for a missing one, feedback.

import { createAnswerError } from "./answer-error.js";
import { button, el, focusOn } from "../dom/element.js";
import { clearMarks, marksOf, showMarks } from "./feedback-marks.js";
import { verdictOf } from "../state/scoring.js";
import { reasons, verdictInWords } from "./feedback-words.js";

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
  const check = /** @type {HTMLElement | null} */ (form.querySelector("[type=submit]"));
  const error = createAnswerError({ form, id: question.id, answer, say });
  let asked = performance.now();

  behaviour.mount?.(form, question, given);

  // A frame that may not submit forms has no submit event; Enter clicks the button as well.
  form.addEventListener("submit", take);
  check?.addEventListener("click", take);

  /** @param {Event} event */
  function take(event) {
    event.preventDefault();
    // Enter in a field submits even where the button is hidden.
    if (check?.hidden) return;
    error.clear();
    const response = behaviour.read(form, question, say);
    const none = response === "" ? missing(answer, behaviour.first(form), say) : null;
    const problem = behaviour.problem?.(form, question, say) ?? none;
    if (problem) error.show(problem);
    else answered(response, performance.now() - asked);
  }

  const hideFeedback = () => hide(form, feedback, check);

  return {
    answer,
    hideFeedback,
    /**
     * Show the course's words to a response, with `actions`, and move the focus to them. Those who
     * are `told` see which answers were right.
     *
     * @param {string} response
     * @param {boolean} told
     * @param {...HTMLElement} actions
     */
    showFeedback(response, told, ...actions) {
      showMarks(form, question, marksOf(question, behaviour, response, say) ?? [], told, say);
      // The same answer once more would be another try that is not right.
      if (check && question.scored) check.hidden = true;
      fill(feedback, { question, behaviour, say }, response, told, actions);
      bringIntoView(feedback);
    },
    /**
     * A button that keeps what was right of a response and goes to what is to be answered.
     *
     * @param {string} response
     */
    tryAgain: (response) =>
      button(say("try_again"), () => {
        hideFeedback();
        behaviour.clear(form, question, response);
        asked = performance.now();
        behaviour.first(form)?.focus();
      }),
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} feedback
 * @param {HTMLElement | null} check
 */
function hide(form, feedback, check) {
  feedback.hidden = true;
  if (check) check.hidden = false;
  clearMarks(form);
}

/**
 * @param {HTMLElement} feedback
 * @param {Pick<Given, "question" | "behaviour" | "say">} given
 * @param {string} response
 * @param {boolean} told
 * @param {HTMLElement[]} actions
 */
function fill(feedback, { question, behaviour, say }, response, told, actions) {
  const verdict = verdictOf(question, behaviour.credit(question, response));
  feedback.className = `feedback ${verdict}`;
  feedback.replaceChildren(
    el("h3", {}, verdictInWords(question, behaviour, response, say)),
    ...reasons(question, behaviour, response, told, say),
    ...(actions.length ? [el("div", { class: "actions" }, ...actions)] : []),
  );
}

/**
 * Shows the whole of it, with the focus on its heading.
 *
 * @param {HTMLElement} feedback
 */
function bringIntoView(feedback) {
  feedback.hidden = false;
  focusOn(/** @type {HTMLElement} */ (feedback.firstElementChild));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  feedback.scrollIntoView({ block: "nearest", behavior: still ? "instant" : "smooth" });
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

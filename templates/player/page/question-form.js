// One question's form: reading the answer, asking for a missing one, feedback.

import { button, el, focusOn, html } from "../dom/element.js";
import { verdictOf } from "../state/scoring.js";

/** @import {Behaviour, FormGiven, Problem, Question, Say} from "../types" */

const CONTROLS = "input, select, textarea";

/**
 * Makes the form of a question work. `behaviour` is its type's, `given` is what its `mount` gets;
 * `answered(response, latency)` hears of each answer, latency in ms from showing to answering.
 *
 * @param {{form: HTMLFormElement, question: Question, behaviour: Behaviour, given: FormGiven, say: Say, answered: (response: string, latency: number) => void}} parts
 */
export function createQuestionForm({ form, question, behaviour, given, say, answered }) {
  const feedback = /** @type {HTMLElement} */ (form.querySelector(".feedback"));
  const answer = /** @type {HTMLElement} */ (form.querySelector(".answer"));
  const prefix = say("error_prefix");
  let asked = performance.now();
  /** @type {{control: Element, described: string | null}[]} */
  let wrong = [];

  behaviour.mount?.(form, question, given);

  // A frame that may not submit forms has no submit event; Enter clicks the button as well.
  form.addEventListener("submit", take);
  form.querySelector("[type=submit]")?.addEventListener("click", take);

  /** @param {Event} event */
  function take(event) {
    event.preventDefault();
    forgive();
    const response = behaviour.read(form, question, say);
    const problem =
      behaviour.problem?.(form, question, say) ?? (response === "" ? missing() : null);
    if (problem) complain(problem);
    else answered(response, performance.now() - asked);
  }

  const missing = () => ({
    controls: [...new Set([behaviour.first(form) ?? answer, ...answer.querySelectorAll(CONTROLS)])],
    words: say("choose_answer"),
  });

  /** @param {Problem} problem */
  function complain({ controls, words }) {
    const id = `${question.id}-error`;
    const [first] = /** @type {HTMLElement[]} */ (controls);
    const link = el("a", { href: `#${first?.id}` }, words);
    link.onclick = (event) => {
      event.preventDefault();
      first?.focus();
    };
    const title = el("h3", { id: `${id}-summary` }, say("problem"));
    const summary = el(
      "div",
      { class: "error-summary", role: "group", "aria-labelledby": title.id },
      title,
      el("ul", {}, el("li", {}, link)),
    );
    // Not by the form: a control's name can hide its methods.
    answer.before(summary);
    answer.querySelector(".prompt")?.after(el("p", { class: "error-message", id }, words));
    wrong = controls.map((control) => ({
      control,
      described: control.getAttribute("aria-describedby"),
    }));
    for (const { control, described } of wrong) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", described ? `${id} ${described}` : id);
    }
    if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
    focusOn(summary);
  }

  function forgive() {
    const summary = form.querySelector(".error-summary");
    if (!summary) return;
    summary.remove();
    if (!document.querySelector(".error-summary"))
      document.title = document.title.slice(prefix.length);
    form.querySelector(".error-message")?.remove();
    for (const { control, described } of wrong) {
      control.removeAttribute("aria-invalid");
      if (described) control.setAttribute("aria-describedby", described);
      else control.removeAttribute("aria-describedby");
    }
    wrong = [];
  }

  return {
    answer,
    /**
     * Show what the course says to a response, with `actions`, and move the focus to it.
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
 * What the course says to a response: to the whole, to each chosen option, why, and the source.
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

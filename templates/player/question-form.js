// One question's form: reading the answer, asking for a missing one, feedback.

import { button, el, focusOn, html } from "./element.js";
import { isRight } from "./scoring.js";

/**
 * Makes the form of a question work. `behaviour` is its type's, `answered(response, right,
 * latency)` hears of each answer, latency in ms from showing to answering.
 */
export function createQuestionForm({ form, question, behaviour, say, answered }) {
  const feedback = form.querySelector(".feedback");
  const fieldset = form.querySelector("fieldset");
  const prefix = say("error_prefix");
  let asked = performance.now();

  // A frame that may not submit forms has no submit event; Enter clicks the button as well.
  form.addEventListener("submit", take);
  form.querySelector("[type=submit]")?.addEventListener("click", take);

  function take(event) {
    event.preventDefault();
    forgive();
    const response = behaviour.read(form);
    if (response === "") complain();
    else answered(response, isRight(question, response), performance.now() - asked);
  }

  function complain() {
    const control = behaviour.first(form);
    const id = `${question.id}-error`;
    const words = say("choose_answer");
    const link = el("a", { href: `#${control.id}` }, words);
    link.onclick = (event) => {
      event.preventDefault();
      control.focus();
    };
    const title = el("h3", { id: `${id}-summary` }, say("problem"));
    const summary = el(
      "div",
      { class: "error-summary", role: "group", "aria-labelledby": title.id },
      title,
      el("ul", {}, el("li", {}, link)),
    );
    // Not by the form: a control's name can hide its methods.
    fieldset.before(summary);
    fieldset.querySelector("legend").after(el("p", { class: "error-message", id }, words));
    for (const input of fieldset.querySelectorAll("input")) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", id);
    }
    if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
    focusOn(summary);
  }

  function forgive() {
    const summary = form.querySelector(".error-summary");
    if (!summary) return;
    summary.remove();
    if (!document.querySelector(".error-summary")) document.title = document.title.slice(prefix.length);
    form.querySelector(".error-message").remove();
    for (const input of fieldset.querySelectorAll("input")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }

  return {
    fieldset,
    /** Show what the course says to a response, with `actions`, and move the focus to it. */
    showFeedback(response, ...actions) {
      const right = isRight(question, response);
      feedback.className = `feedback ${right ? "right" : "wrong"}`;
      feedback.replaceChildren(
        el("h3", {}, say(right ? "correct" : "not_quite")),
        ...reasons(question, behaviour, response),
        ...(actions.length ? [el("div", { class: "actions" }, ...actions)] : []),
      );
      feedback.hidden = false;
      focusOn(feedback.firstElementChild);
    },
    hideFeedback() {
      feedback.hidden = true;
    },
    /** A button that clears this question and goes to its first control. */
    tryAgain: () =>
      button(say("try_again"), () => {
        feedback.hidden = true;
        behaviour.clear(form);
        asked = performance.now();
        behaviour.first(form).focus();
      }),
  };
}

/** What the course says to a response: of each chosen option, the explanation, the source. */
export const reasons = (question, behaviour, response) => [
  ...behaviour.feedback(question, response).filter(Boolean).map((text) => html("div", {}, text)),
  ...(question.explanation ? [html("p", {}, question.explanation)] : []),
  ...(question.because ? [html("div", {}, question.because)] : []),
];

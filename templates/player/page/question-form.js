// One question's form: reading the answer, asking for a missing one, feedback.

import { button, el, focusOn, html } from "../dom/element.js";
import { verdictOf } from "../state/scoring.js";

const CONTROLS = "input, select, textarea";

/**
 * Makes the form of a question work. `behaviour` is its type's, `given` is what its `mount` gets;
 * `answered(response, latency)` hears of each answer, latency in ms from showing to answering.
 */
export function createQuestionForm({ form, question, behaviour, given, say, answered }) {
  const feedback = form.querySelector(".feedback");
  const answer = form.querySelector(".answer");
  const prefix = say("error_prefix");
  let asked = performance.now();
  let wrong = [];

  behaviour.mount?.(form, question, given);

  // A frame that may not submit forms has no submit event; Enter clicks the button as well.
  form.addEventListener("submit", take);
  form.querySelector("[type=submit]")?.addEventListener("click", take);

  function take(event) {
    event.preventDefault();
    forgive();
    const response = behaviour.read(form, question, say);
    const problem = behaviour.problem?.(form, question, say) ?? (response === "" ? missing() : null);
    if (problem) complain(problem);
    else answered(response, performance.now() - asked);
  }

  const missing = () => ({
    controls: [...new Set([behaviour.first(form), ...answer.querySelectorAll(CONTROLS)])],
    words: say("choose_answer"),
  });

  function complain({ controls, words }) {
    const id = `${question.id}-error`;
    const link = el("a", { href: `#${controls[0].id}` }, words);
    link.onclick = (event) => {
      event.preventDefault();
      controls[0].focus();
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
    answer.querySelector(".prompt").after(el("p", { class: "error-message", id }, words));
    wrong = controls.map((control) => [control, control.getAttribute("aria-describedby")]);
    for (const [control, described] of wrong) {
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
    if (!document.querySelector(".error-summary")) document.title = document.title.slice(prefix.length);
    form.querySelector(".error-message").remove();
    for (const [control, described] of wrong) {
      control.removeAttribute("aria-invalid");
      if (described) control.setAttribute("aria-describedby", described);
      else control.removeAttribute("aria-describedby");
    }
    wrong = [];
  }

  return {
    answer,
    /** Show what the course says to a response, with `actions`, and move the focus to it. */
    showFeedback(response, ...actions) {
      const verdict = verdictOf(question, behaviour.credit(question, response));
      feedback.className = `feedback ${verdict}`;
      feedback.replaceChildren(
        el("h3", {}, say(verdict)),
        ...reasons(question, behaviour, response, say),
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
        behaviour.clear(form, question);
        asked = performance.now();
        behaviour.first(form).focus();
      }),
  };
}

/** What the course says to a response: to the whole, to each chosen option, why, and the source. */
export function reasons(question, behaviour, response, say) {
  const whole = question.feedback[verdictOf(question, behaviour.credit(question, response))];
  return [
    ...(whole ? [html("p", {}, whole)] : []),
    ...behaviour.feedback(question, response, say).filter(Boolean).map((text) => html("div", {}, text)),
    ...(question.explanation ? [html("p", {}, question.explanation)] : []),
    ...(question.because ? [html("div", {}, question.because)] : []),
  ];
}

// Practice questions in a page: feedback at once, tries without limit.

import { button } from "./element.js";
import { createQuestionForm } from "./question-form.js";
import { TRIES_LIMIT } from "./state.js";

/**
 * Makes the form of a practice question work. The first try is reported to `interactions` at
 * once; the last of several when the function that this returns is called.
 */
export function mountCheck({ form, page, question, behaviour, store, interactions, say }) {
  let last = null;
  const shown = createQuestionForm({ form, question, behaviour, say, answered });
  const actions = form.querySelector(".actions");
  const kept = () => store.state.checks.get(question.key);

  function answered(response, right, latency) {
    const before = kept();
    const answer = {
      page: page.id, question, type: question.interaction, response: behaviour.reported(response), right, latency,
      use: "practice",
    };
    if (before) last = [answer, new Date()];
    else interactions.add(answer);
    store.change(({ checks }) => {
      const tries = Math.min((before?.tries ?? 0) + 1, TRIES_LIMIT);
      checks.set(question.key, { tries, first: before?.first ?? right, response });
    });
    feedback(response);
  }

  function feedback(response) {
    recall?.remove();
    shown.showFeedback(response, shown.tryAgain());
  }

  // Feedback that no longer fits the chosen answer would mislead.
  form.addEventListener("change", () => shown.hideFeedback());

  let recall = null;
  if (kept()) {
    const { response } = kept();
    behaviour.restore(form, response);
    recall = button(say("show_feedback"), () => feedback(response), { class: "plain" });
    actions.append(recall);
  }

  return () => {
    if (last) interactions.add(...last);
    last = null;
  };
}

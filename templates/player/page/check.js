// Practice questions in a page: feedback at once, tries without limit.

import { hasChanged } from "../state/edits.js";
import { button, el } from "../dom/element.js";
import { createQuestionForm } from "./question-form.js";
import { FULL } from "../state/scoring.js";
import { shuffled } from "../state/shuffle.js";
import { TRIES_LIMIT } from "../state/codec.js";

/** @import {Answer, Behaviour, FormGiven, Interactions, Outline, Page, Question, Store, Say} from "../types" */

/**
 * Makes the form of a practice question work. The first try is reported to `interactions` at
 * once; the last of several when the function that this returns is called.
 *
 * @param {{form: HTMLFormElement, page: Page, question: Question, behaviour: Behaviour, store: Store, interactions: Interactions, former: Outline["former"], say: Say}} parts
 */
export function mountCheck({ form, page, question, behaviour, store, interactions, former, say }) {
  /** @type {[answer: Answer, at: Date] | null} */
  let last = null;
  const kept = () => store.state.checks.get(question.key);
  /** @type {FormGiven} */
  const given = {
    say,
    order: (list, idOf) => shuffled(list, `${store.state.attempt} ${question.key}`, idOf),
    keep(response, soon = false) {
      const { tries = 0, first = false } = kept() ?? {};
      store.change(({ checks }) => checks.set(question.key, { tries, first, response }), soon);
    },
  };
  const shown = createQuestionForm({ form, question, behaviour, given, say, answered });
  const actions = form.querySelector(".actions");

  /**
   * @param {string} response
   * @param {number} latency
   */
  function answered(response, latency) {
    const credit = behaviour.credit(question, response);
    const before = kept();
    /** @type {Answer} */
    const answer = {
      page: page.id,
      question,
      reported: behaviour.reported(question, response),
      credit,
      latency,
      use: "practice",
    };
    if (before?.tries) last = [answer, new Date()];
    else interactions.add(answer);
    store.change(({ checks }) => {
      const tries = Math.min((before?.tries ?? 0) + 1, TRIES_LIMIT);
      const first = before?.tries ? before.first : !question.scored || credit === FULL;
      checks.set(question.key, { tries, first, response });
    });
    feedback(response);
  }

  /** @param {string} response */
  function feedback(response) {
    recall?.remove();
    // What has no right answer can be changed as it stands.
    shown.showFeedback(response, ...(question.scored ? [shown.tryAgain()] : []));
  }

  // Feedback that no longer fits the chosen answer would mislead.
  for (const type of ["input", "change"]) form.addEventListener(type, () => shown.hideFeedback());

  if (hasChanged(question.key, former?.[question.key], store.state.checks)) {
    form.before(el("p", { class: "notice" }, say("question_changed")));
  }
  /** @type {HTMLElement | null} */
  let recall = null;
  const earlier = kept();
  if (earlier) {
    const { tries, response } = earlier;
    behaviour.restore(form, response, question, say);
    if (tries && response) {
      recall = button(say("show_feedback"), () => feedback(response), { class: "plain" });
      actions?.append(recall);
    }
  }

  return () => {
    if (last) interactions.add(...last);
    last = null;
  };
}

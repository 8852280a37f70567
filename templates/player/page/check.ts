// Practice questions in a page: feedback at once, tries without limit.

import { hasChanged } from "../state/edits.js";
import { button, el } from "../dom/element.js";
import { createQuestionForm } from "./question-form.js";
import { FULL } from "../state/scoring.js";
import { shuffled } from "../state/shuffle.js";
import { TRIES_LIMIT } from "../state/state.js";
import { practiceTells } from "./answer-shown.js";

/** @import {Answer, Behaviour, FormGiven, Interactions, Outline} from "../types" */
/** @import {Page, Question, Say, Store} from "../types" */
/**
 * @typedef {object} Given
 * @property {HTMLFormElement} form
 * @property {Page} page
 * @property {Question} question
 * @property {Behaviour} behaviour
 * @property {Store} store
 * @property {Interactions} interactions
 * @property {Outline["former"]} former
 * @property {Say} say
 */

/**
 * Makes the form of a practice question work. The first try is reported to `interactions` at
 * once; the last of several when the function that this returns is called.
 *
 * @param {Given} given
 */
export function mountCheck(given) {
  const { form, page, question, behaviour, store, interactions, say } = given;
  /** @type {[answer: Answer, at: Date] | null} */
  let last = null;
  /** @type {HTMLElement | null} */
  let recall = null;
  const shown = createQuestionForm({
    form,
    question,
    behaviour,
    given: means(question, store, say),
    say,
    answered,
  });

  /**
   * @param {string} response
   * @param {number} latency
   */
  function answered(response, latency) {
    const credit = behaviour.credit(question, response);
    const reported = behaviour.reported(question, response);
    /** @type {Answer} */
    const answer = { page: page.id, question, reported, credit, latency, use: "practice" };
    if (store.state.checks.get(question.key)?.tries) last = [answer, new Date()];
    else interactions.add(answer);
    countTry(question, store, response, credit);
    feedback(response);
  }

  /** @param {string} response */
  function feedback(response) {
    recall?.remove();
    const credit = behaviour.credit(question, response);
    const tries = store.state.checks.get(question.key)?.tries ?? 0;
    const told = practiceTells(question, credit, tries);
    // A right answer can be changed as it stands, as one can that is neither right nor wrong.
    const again = question.scored && credit < FULL ? [shown.tryAgain(response)] : [];
    shown.showFeedback(response, told, ...again);
  }

  // Feedback that no longer fits the chosen answer would mislead.
  for (const type of ["input", "change"]) form.addEventListener(type, () => shown.hideFeedback());

  recall = restoreEarlier(given, feedback);

  return () => {
    if (last) interactions.add(...last);
    last = null;
  };
}

/**
 * @param {Question} question
 * @param {Store} store
 * @param {Say} say
 * @returns {FormGiven}
 */
const means = ({ key }, store, say) => ({
  say,
  order: (list, idOf) => shuffled(list, `${store.state.attempt} ${key}`, idOf),
  keep(response, soon = false) {
    const { tries = 0, first = false } = store.state.checks.get(key) ?? {};
    store.change(({ checks }) => checks.set(key, { tries, first, response }), soon);
  },
});

/**
 * @param {Question} question
 * @param {Store} store
 * @param {string} response
 * @param {number} credit
 */
function countTry({ key, scored }, store, response, credit) {
  store.change(({ checks }) => {
    const before = checks.get(key);
    const tries = Math.min((before?.tries ?? 0) + 1, TRIES_LIMIT);
    const first = before?.tries ? before.first : !scored || credit === FULL;
    checks.set(key, { tries, first, response });
  });
}

/**
 * Shows the earlier answer, or that the question has changed since. Gives the button for its
 * feedback, if there is any.
 *
 * @param {Given} given
 * @param {(response: string) => void} feedback
 */
function restoreEarlier({ form, question, behaviour, store, former, say }, feedback) {
  const { checks } = store.state;
  if (hasChanged(question.key, former?.[question.key], checks)) {
    form.before(el("p", { class: "notice" }, say("question_changed")));
  }
  const earlier = checks.get(question.key);
  if (!earlier) return null;
  const { tries, response } = earlier;
  behaviour.restore(form, response, question, say);
  if (!tries || !response) return null;
  const recall = button(say("show_feedback"), () => feedback(response), { class: "plain" });
  form.querySelector(".actions")?.append(recall);
  return recall;
}

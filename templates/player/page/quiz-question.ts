// One question of a quiz on view: its form, and its answer once it counts.

import { button, el, html } from "../dom/element.js";
import { markedList, marksOf } from "./feedback-marks.js";
import { createQuestionForm } from "./question-form.js";
import { shuffled } from "../state/shuffle.js";
import { quizTells } from "./answer-shown.js";

/** @import {Behaviour, Order, Question, QuizGiven} from "../types" */
/** @typedef {ReturnType<typeof createQuestionForm>} QuestionForm */
/** @typedef {ReturnType<typeof import("../state/attempts.js").createAttempts>} Attempts */

// Answers not given yet, by question and attempt: kept for the visit, since trainees may look
// something up in between.
/** @type {Map<string, string>} */
const drafts = new Map();

/**
 * Shows a question in the quiz's place, below which one it is. `goOn()` is called for the next
 * view.
 *
 * @param {QuizGiven} given
 * @param {Attempts} tries
 * @param {Question} question
 * @param {HTMLElement} which
 * @param {() => void} goOn
 */
export function showQuestion(given, tries, question, which, goOn) {
  const { place, data, behaviourOf, mountInside, say } = given;
  const behaviour = behaviourOf(question);
  const form = /** @type {HTMLFormElement} */ (
    html("div", {}, data.forms[question.id]).firstElementChild
  );
  const seed = tries.seedOf(question);
  /** @type {Order} */
  const order = (list, idOf) => shuffled(list, seed, idOf);
  if (data.quiz.shuffle_options && question.shuffle) behaviour.arrange?.(form, order);
  place.replaceChildren(which, form);
  mountInside(form);
  const shown = createQuestionForm({
    form,
    question,
    behaviour,
    say,
    given: { say, order, keep: (response) => drafts.set(seed, response) },
    answered(response, latency) {
      drafts.delete(seed);
      // An answer that was looked at again and left as it was is no second answer.
      if (response !== tries.responses().get(question.key)) {
        report(given, question, response, latency);
        tries.give(question, response);
      }
      if (data.quiz.feedback !== "at-once") return goOn();
      const words = say(tries.kept()?.open ? "next_question" : "see_result");
      const told = quizTells(question);
      lock(form, shown, answerInWords(form, question, behaviour, response, told, say));
      shown.showFeedback(response, told, button(words, goOn));
    },
  });
  form.addEventListener("change", () => drafts.set(seed, behaviour.read(form, question, say)));
  const draft = drafts.get(seed) ?? tries.responses().get(question.key);
  if (draft !== undefined) behaviour.restore(form, draft, question, say);
  if (data.quiz.feedback !== "at-once") {
    form.querySelector("[type=submit]")?.replaceChildren(say("save_continue"));
  }
}

/**
 * @param {QuizGiven} given
 * @param {Question} question
 * @param {string} response
 * @param {number} latency
 */
function report({ entry, behaviourOf, interactions }, question, response, latency) {
  const behaviour = behaviourOf(question);
  interactions.add({
    page: entry.id,
    question,
    reported: behaviour.reported(question, response),
    credit: behaviour.credit(question, response),
    latency,
    use: "quiz",
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {Question} question
 * @param {Behaviour} behaviour
 * @param {string} response
 * @param {boolean} told
 * @param {QuizGiven["say"]} say
 */
function answerInWords(form, question, behaviour, response, told, say) {
  const marks = marksOf(question, behaviour, response, say);
  if (marks) return markedList(form, marks, told, say);
  const answer = behaviour.describe(question, response, say);
  return el("p", { class: "your-answer" }, say("your_answer_is", { answer }));
}

/**
 * An answer that counts stays as it is, in words: disabled controls are read out misleadingly.
 *
 * @param {HTMLFormElement} form
 * @param {QuestionForm} shown
 * @param {HTMLElement} answer
 */
function lock(form, shown, answer) {
  form.querySelector(":scope > .actions")?.remove();
  const prompt = shown.answer.querySelector(":is(h2.prompt, .prompt > h2)");
  // With its pictures, but no longer with how to answer.
  const nodes = [...(prompt?.querySelector("label") ?? prompt ?? form).childNodes];
  const kept = nodes.filter((node) => !(node instanceof Element && node.className === "hint"));
  shown.answer.replaceWith(el("h2", { class: "prompt" }, ...kept), answer);
  // Nothing of it can be sent any more, so that it is no form (WCAG H32).
  form.replaceWith(el("div", { class: "question" }, ...form.childNodes));
}

// One question of a quiz on view: its form, and its answer once it counts.

import { button, el, html } from "../dom/element.ts";
import { markedList, marksOf } from "./feedback-marks.ts";
import { createQuestionForm } from "./question-form.ts";
import { shuffled } from "../state/shuffle.ts";
import { quizTells } from "./answer-shown.ts";
import type { createAttempts } from "../state/attempts.ts";
import type { Behaviour, Order } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";
import type { QuizGiven } from "./quiz.ts";

type QuestionForm = ReturnType<typeof createQuestionForm>;
type Attempts = ReturnType<typeof createAttempts>;

// Answers not given yet, by question and attempt: kept for the visit, since trainees may look
// something up in between.
const drafts = new Map<string, string>();

/**
 * Shows a question in the quiz's place, below which one it is. `goOn()` is called for the next
 * view.
 */
export function showQuestion(
  given: QuizGiven,
  tries: Attempts,
  question: Question,
  which: HTMLElement,
  goOn: () => void,
) {
  const { place, data, behaviourOf, mountInside, say } = given;
  const behaviour = behaviourOf(question);
  const form = html("div", {}, data.forms[question.id]).firstElementChild as HTMLFormElement;
  const seed = tries.seedOf(question);
  const order: Order = (list, idOf) => shuffled(list, seed, idOf);
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

function report(
  { entry, behaviourOf, interactions }: QuizGiven,
  question: Question,
  response: string,
  latency: number,
) {
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

function answerInWords(
  form: HTMLFormElement,
  question: Question,
  behaviour: Behaviour,
  response: string,
  told: boolean,
  say: QuizGiven["say"],
) {
  const marks = marksOf(question, behaviour, response, say);
  if (marks) return markedList(form, marks, told, say);
  const answer = behaviour.describe(question, response, say);
  return el("p", { class: "your-answer" }, say("your_answer_is", { answer }));
}

/** An answer that counts stays as it is, in words: disabled controls are read out misleadingly. */
function lock(form: HTMLFormElement, shown: QuestionForm, answer: HTMLElement) {
  form.querySelector(":scope > .actions")?.remove();
  const prompt = shown.answer.querySelector(":is(h2.prompt, .prompt > h2)");
  // With its pictures, but no longer with how to answer.
  const nodes = [...(prompt?.querySelector("label") ?? prompt ?? form).childNodes];
  const kept = nodes.filter((node) => !(node instanceof Element && node.className === "hint"));
  shown.answer.replaceWith(el("h2", { class: "prompt" }, ...kept), answer);
  // Nothing of it can be sent any more, so that it is no form (WCAG H32).
  form.replaceWith(el("div", { class: "question" }, ...form.childNodes));
}

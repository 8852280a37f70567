// Shows one question of a quiz, and its answer once it counts.

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

// Answers not submitted yet, by question and attempt; kept until the course is closed, because
// trainees may look something up in between.
const drafts = new Map<string, string>();

/**
 * Shows a question below its position, `above`. `goOn()` opens the next view. `told()` is called
 * when feedback is shown at once; the function that is returned shows that again.
 */
export function showQuestion(
  given: QuizGiven,
  tries: Attempts,
  question: Question,
  above: HTMLElement,
  goOn: () => void,
  told: () => void,
) {
  const { place, data, behaviourOf, mountInside, store, say } = given;
  const review = Boolean(store.saved);
  const behaviour = behaviourOf(question);
  const form = html("div", {}, data.forms[question.id]).firstElementChild as HTMLFormElement;
  const seed = tries.seedOf(question);
  const order: Order = (list, idOf) => shuffled(list, seed, idOf);
  if (data.quiz.shuffle_options && question.shuffle) behaviour.arrange?.(form, order);
  place.replaceChildren(above, form);
  mountInside(form);
  const shown = createQuestionForm({
    form,
    question,
    behaviour,
    say,
    given: { say, order, review, keep: (response) => drafts.set(seed, response) },
    answered(response, latency) {
      drafts.delete(seed);
      // An answer that was opened for changing but left as it is does not count again.
      if (response !== tries.responses().get(question.key)) {
        report(given, question, response, latency);
        tries.give(question, response);
      }
      if (data.quiz.feedback !== "at-once") return goOn();
      told();
      tell(response);
    },
  });

  function tell(response: string) {
    const words = say(tries.kept()?.open ? "next_question" : "see_result");
    const revealed = quizTells(question);
    lock(form, shown, answerElement(form, question, behaviour, response, revealed, say));
    shown.showFeedback(response, revealed, false, button(words, goOn));
  }

  form.addEventListener("change", () => drafts.set(seed, behaviour.read(form, question, say)));
  const draft = drafts.get(seed) ?? tries.responses().get(question.key);
  if (draft !== undefined) behaviour.restore(form, draft, question, say);
  if (data.quiz.feedback !== "at-once") {
    form.querySelector("[type=submit]")?.replaceChildren(say(review ? "done" : "save_continue"));
  }
  return () => tell(tries.responses().get(question.key));
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
    // As practice, the answers of a test-out leave room for those that count.
    use: entry.covers ? "practice" : "quiz",
  });
}

function answerElement(
  form: HTMLFormElement,
  question: Question,
  behaviour: Behaviour,
  response: string,
  revealed: boolean,
  say: QuizGiven["say"],
) {
  const marks = marksOf(question, behaviour, response, say);
  if (marks) return markedList(form, marks, revealed, say);
  const answer = behaviour.describe(question, response, say);
  return el("p", { class: "your-answer" }, say("your_answer_is", { answer }));
}

/**
 * Replaces the form by the answer as text, because screen readers skip or misread disabled
 * controls.
 */
function lock(form: HTMLFormElement, shown: QuestionForm, answer: HTMLElement) {
  form.querySelector(":scope > .actions")?.remove();
  const prompt = shown.answer.querySelector(":is(h2.prompt, .prompt > h2)");
  // Keeps images, but not the hint on how to answer.
  const nodes = [...(prompt?.querySelector("label") ?? prompt ?? form).childNodes];
  const kept = nodes.filter((node) => !(node instanceof Element && node.className === "hint"));
  shown.answer.replaceWith(el("h2", { class: "prompt" }, ...kept), answer);
  // Without controls it must not be a form (WCAG H32).
  form.replaceWith(el("div", { class: "question" }, ...form.childNodes));
}

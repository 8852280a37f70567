// The form of a question: reads the answer, asks for a missing one, shows feedback.

import { createAnswerError } from "./answer-error.ts";
import { button, el } from "../dom/element.ts";
import { bringIntoView } from "./feedback-place.ts";
import { clearMarks, marksOf, showMarks } from "./feedback-marks.ts";
import { verdictOf } from "../state/scoring.ts";
import { reasons, verdictInWords } from "./feedback-words.ts";
import type { Say } from "../dom/words.ts";
import type { Behaviour, FormGiven, Problem } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";
import type { Key } from "../state/state.ts";

interface Given {
  form: HTMLFormElement;
  question: Question;
  behaviour: Behaviour;
  /** Passed to the behaviour's `mount`. */
  given: FormGiven;
  say: Say;
  /** Called with each answer; latency is in ms from showing to answering. */
  answered: (response: string, latency: number) => void;
}

// When each question was shown, in ms, until it is left. Showing its page in another language does
// not leave it.
const shownAt = new Map<Key, number>();

/** The next time it is shown, the time to answer it starts from zero. */
export const leaveQuestion = (key: Key) => shownAt.delete(key);

const CONTROLS = "input, select, textarea";

/** Starts the form of a question. */
export function createQuestionForm({ form, question, behaviour, given, say, answered }: Given) {
  const feedback = form.querySelector(".feedback") as HTMLElement;
  const answer = form.querySelector(".answer") as HTMLElement;
  const submits = submitsOf(form);
  const error = createAnswerError({ form, id: question.id, answer, say });
  const begin = () => shownAt.set(question.key, performance.now());
  if (!shownAt.has(question.key)) begin();

  behaviour.mount?.(form, question, given);
  for (const one of submits) {
    if (given.review && !question.scored && !one.value) one.replaceChildren(say("done"));
    // A sandboxed frame may not submit forms, so that there is no submit event. Enter clicks the
    // button as well.
    one.addEventListener("click", submit);
  }
  form.addEventListener("submit", submit);

  function submit(event: Event) {
    event.preventDefault();
    // Enter in a field submits even if the button is hidden.
    if (submits.some((one) => one.hidden || one.disabled)) return;
    error.clear();
    const response = behaviour.read(form, question, say);
    const none = response === "" ? missing(answer, behaviour.first(form), say) : null;
    const problem = behaviour.problem?.(form, question, say) ?? none;
    if (problem) error.show(problem);
    else answered(response, performance.now() - (shownAt.get(question.key) as number));
  }

  function hideFeedback() {
    feedback.hidden = true;
    closeTo(submits, false);
    clearMarks(form);
  }

  return {
    answer,
    hideFeedback,
    /**
     * Shows the feedback on a response with `actions`, and focuses it. `told` is whether it reveals
     * the right answer, `open` whether the trainee can try again.
     */
    showFeedback(response: string, told: boolean, open: boolean, ...actions: HTMLElement[]) {
      showMarks(form, question, marksOf(question, behaviour, response, say) ?? [], told, say);
      // Checking the same answer again would count as another wrong try.
      if (question.scored) closeTo(submits, true);
      fill(feedback, { question, behaviour, say }, response, { told, open }, actions);
      feedback.hidden = false;
      bringIntoView(feedback);
    },
    /** A button that clears what was wrong in a response and focuses the first control. */
    tryAgain: (response: string) =>
      button(say("try_again"), () => {
        hideFeedback();
        behaviour.clear(form, question, response);
        begin();
        behaviour.first(form)?.focus();
      }),
  };
}

/** The button that submits what is filled in, or those that are an answer by themselves. */
const submitsOf = (form: HTMLFormElement) => [
  ...(form.querySelectorAll("[type=submit]") as NodeListOf<HTMLButtonElement>),
];

/** Hides the button that submits. Buttons that are an answer stay, to be marked. */
function closeTo(submits: HTMLButtonElement[], yes: boolean) {
  for (const one of submits) one[one.value ? "disabled" : "hidden"] = yes;
}

function fill(
  feedback: HTMLElement,
  { question, behaviour, say }: Pick<Given, "question" | "behaviour" | "say">,
  response: string,
  { told, open }: { told: boolean; open: boolean },
  actions: HTMLElement[],
) {
  const credit = behaviour.credit(question, response);
  // No credit is final while the trainee can choose more.
  const begun = open && !credit && behaviour.unfinished?.(question, response);
  const verdict = begun ? "partly" : verdictOf(question, credit);
  feedback.className = `feedback ${verdict}`;
  feedback.replaceChildren(
    el("h3", {}, begun ? say(verdict) : verdictInWords(question, behaviour, response, say)),
    ...reasons(question, behaviour, response, told, say),
    ...(actions.length ? [el("div", { class: "actions" }, ...actions)] : []),
  );
}

const missing = (answer: HTMLElement, first: HTMLElement | null, say: Say): Problem => ({
  controls: [...new Set([first ?? answer, ...answer.querySelectorAll(CONTROLS)])],
  words: say("choose_answer"),
});

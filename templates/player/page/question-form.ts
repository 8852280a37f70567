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
  const check = form.querySelector("[type=submit]") as HTMLElement | null;
  const error = createAnswerError({ form, id: question.id, answer, say });
  const { key } = question;
  const begin = () => shownAt.set(key, performance.now());
  if (!shownAt.has(key)) begin();

  behaviour.mount?.(form, question, given);
  if (given.review && !question.scored) check?.replaceChildren(say("done"));

  // A sandboxed frame may not submit forms, so that there is no submit event. Enter clicks the
  // button as well.
  form.addEventListener("submit", submit);
  check?.addEventListener("click", submit);

  function submit(event: Event) {
    event.preventDefault();
    // Enter in a field submits even if the button is hidden.
    if (check?.hidden) return;
    error.clear();
    const response = behaviour.read(form, question, say);
    const none = response === "" ? missing(answer, behaviour.first(form), say) : null;
    const problem = behaviour.problem?.(form, question, say) ?? none;
    if (problem) error.show(problem);
    else answered(response, performance.now() - (shownAt.get(key) as number));
  }

  const hideFeedback = () => hide(form, feedback, check);

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
      if (check && question.scored) check.hidden = true;
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

function hide(form: HTMLFormElement, feedback: HTMLElement, check: HTMLElement | null) {
  feedback.hidden = true;
  if (check) check.hidden = false;
  clearMarks(form);
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

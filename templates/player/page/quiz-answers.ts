// The answers of an attempt before it is submitted, each with a Change button (GOV.UK, “Check
// answers”).

import { button, el } from "../dom/element.ts";
import type { createAttempts } from "../state/attempts.ts";
import type { Question } from "../state/question.ts";
import type { QuizGiven } from "./quiz.ts";

type Attempts = ReturnType<typeof createAttempts>;

/**
 * Returns the elements of the view. `change(question)` asks a question again; `submit()` ends the
 * attempt.
 */
export function answersToCheck(
  { behaviourOf, say }: QuizGiven,
  tries: Attempts,
  change: (question: Question) => void,
  submit: () => void,
) {
  function row(question: Question, at: number) {
    const response = tries.responses().get(question.key) ?? "";
    const answer = behaviourOf(question).describe(question, response, say);
    const changing = button(say("change"), () => change(question), { class: "plain" });
    changing.append(el("span", { class: "unseen" }, ` ${say("change_which", { n: at + 1 })}`));
    return el(
      "li",
      {},
      el("h3", {}, `${at + 1}. ${question.prompt}`),
      el("p", { dir: "auto" }, answer),
      changing,
    );
  }
  return [
    el("h2", {}, say("check_answers")),
    el("p", {}, say("check_how")),
    el("ol", { class: "answers-to-check", role: "list" }, ...tries.asked().map(row)),
    el("div", { class: "actions" }, button(say("submit_answers"), submit)),
  ];
}

// Feedback on an answer as text: how right it was, and why.

import { el, html } from "../dom/element.ts";
import { FULL, type Hundredths, verdictOf } from "../state/scoring.ts";
import type { Say } from "../dom/words.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

/** How right an answer was. */
export function verdictInWords(
  question: Question,
  behaviour: Behaviour,
  response: string,
  say: Say,
) {
  const verdict = verdictOf(question, behaviour.credit(question, response));
  const own = question.scored && behaviour.verdict?.(question, response, say);
  if (own) return own;
  const [n, of] = (verdict === "partly" && behaviour.parts?.(question, response)) || [0, 0];
  return of ? say("partly_of", { n, of }) : say(verdict);
}

/**
 * The feedback on a response: on the whole, on each chosen option, then the explanation and source.
 * Without an explanation, the right answer is shown if it is `revealed`. Until then, a wrong answer
 * gets the source without the words quoted from it, which often are the right answer.
 */
export function reasons(
  question: Question,
  behaviour: Behaviour,
  response: string,
  revealed: boolean,
  say: Say,
) {
  const credit = behaviour.credit(question, response);
  const whole = question.feedback[verdictOf(question, credit)];
  const unexplained = !question.explanation && !question.because;
  const answer = revealed && unexplained && credit < FULL ? behaviour.solution?.(question) : "";
  return [
    ...(whole ? [html("p", {}, whole)] : []),
    ...behaviour
      .feedback(question, response, say, revealed)
      .flatMap((text) => (text ? [html("div", {}, text)] : [])),
    ...(answer ? [el("p", {}, say("right_is", { answer }))] : []),
    ...(question.explanation ? [html("p", {}, question.explanation)] : []),
    ...(question.because ? [source(question.because, revealed || isKnown(question, credit))] : []),
  ];
}

/** Whether the trainee knows the right answer, or there is none. */
const isKnown = ({ scored, type }: Question, credit: Hundredths) =>
  !scored || credit === FULL || type === "true-false";

function source(because: string, quoted: boolean) {
  const place = html("div", {}, because);
  if (!quoted) place.querySelector(".because")?.remove();
  return place;
}

// What the course says to an answer: how right it was, and why.

import { el, html } from "../dom/element.ts";
import { FULL, verdictOf } from "../state/scoring.ts";
import type { Say } from "../dom/words.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

/** How right an answer was, in words. */
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
 * The course's words to a response: to the whole, to each chosen option, why, and the source. Where
 * the course does not say why, those who are `told` read which answer was right.
 */
export function reasons(
  question: Question,
  behaviour: Behaviour,
  response: string,
  told: boolean,
  say: Say,
) {
  const credit = behaviour.credit(question, response);
  const whole = question.feedback[verdictOf(question, credit)];
  const silent = !question.explanation && !question.because;
  const answer = told && silent && credit < FULL ? behaviour.solution?.(question) : "";
  return [
    ...(whole ? [html("p", {}, whole)] : []),
    ...behaviour
      .feedback(question, response, say, told)
      .flatMap((text) => (text ? [html("div", {}, text)] : [])),
    ...(answer ? [el("p", {}, say("right_is", { answer }))] : []),
    ...(question.explanation ? [html("p", {}, question.explanation)] : []),
    ...(question.because ? [html("div", {}, question.because)] : []),
  ];
}

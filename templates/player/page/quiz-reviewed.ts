// The answers of a finished attempt: each question with its marks and feedback, folded.

import { el, html } from "../dom/element.ts";
import { markedList, marksOf } from "./feedback-marks.ts";
import { reasons, verdictInWords } from "./feedback-words.ts";
import { verdictOf } from "../state/scoring.ts";
import type { Question } from "../state/question.ts";
import type { QuizReview } from "./quiz-results.ts";

type Answered = { question: Question; response: string };

/** The address of a place on a page. */
export const placeOf = ({ id, anchor }: { id: string; anchor?: string }) =>
  anchor ? `#/${id}/${anchor}` : `#/${id}`;

/** The questions with their answers, folded once the trainee knows how it went. */
export function answered(review: QuizReview) {
  const { questions, quiz } = review;
  const rows = questions.map((question, at) =>
    reviewed({ question, response: quiz.answers.get(question.key) ?? "" }, at, review),
  );
  const heading = el("h2", {}, review.say("review"));
  return review.passed
    ? el("details", { class: "review" }, el("summary", {}, heading), ...rows)
    : el("section", { class: "review" }, heading, ...rows);
}

/** A question with its answer, folded. */
function reviewed({ question, response }: Answered, at: number, review: QuizReview) {
  const { behaviourOf, forms, telling, tells, say } = review;
  const behaviour = behaviourOf(question);
  const credit = behaviour.credit(question, response);
  const revealed = telling && tells(question);
  const verdict = verdictOf(question, credit);
  const form = html("div", {}, forms[question.id]);
  const marks = (telling && marksOf(question, behaviour, response, say)) || [];
  const words = question.scored
    ? verdictInWords(question, behaviour, response, say)
    : say("not_scored");
  const answer = say("your_answer_is", { answer: behaviour.describe(question, response, say) });
  return el(
    "details",
    {
      class: telling ? `reviewed ${verdict}` : "reviewed",
    },
    el(
      "summary",
      {},
      el("h3", {}, `${at + 1}. ${question.prompt}`),
      telling ? el("span", { class: `mark ${verdict}` }, words) : null,
    ),
    marks.length ? markedList(form, marks, revealed, say) : el("p", {}, answer),
    ...(telling ? why(question, response, revealed, review) : []),
  );
}

function why(
  question: Question,
  response: string,
  revealed: boolean,
  { behaviourOf, toRead, say }: QuizReview,
) {
  const { source } = question;
  const parts = reasons(question, behaviourOf(question), response, revealed, say);
  for (const passage of parts.flatMap((part) => [...part.querySelectorAll(".read-again")])) {
    const link = [...passage.querySelectorAll("a")].pop() as HTMLElement;
    const words = toRead?.(String(link.getAttribute("href")).split("/")[1]);
    if (words) (passage.querySelector("summary") ?? link).textContent = words;
  }
  const links = source ? `.read-again :is([href="#/${source.id}"], [href^="#/${source.id}/"])` : "";
  if (!source || parts.some((part) => part.querySelector(links))) return parts;
  const words = toRead?.(source.id) ?? say("read_again", { title: source.title });
  return [...parts, el("p", {}, el("a", { href: placeOf(source) }, words))];
}

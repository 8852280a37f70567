// Choice: radio buttons and checkboxes.

import { FULL, share } from "../state/scoring.ts";
import { paragraph } from "./field.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

type Answer = { right: string[]; credit: "all" | "partial"; multiple?: boolean };
export type ChoiceQuestion = Question<Answer>;

const chosen = (question: Question, response: string) =>
  question.options.filter(({ id }) => response.includes(id));
const inputs = (form: HTMLElement) => [
  ...(form.querySelectorAll(".answer input") as NodeListOf<HTMLInputElement>),
];

/** Number of right options chosen, less the wrong ones. */
function earned(right: string[], response: string) {
  const good = right.filter((id) => response.includes(id)).length;
  return Math.max(2 * good - response.length, 0);
}

const unfinished = ({ answer: { right } }: ChoiceQuestion, response: string) =>
  response.length < right.length && [...response].every((id) => right.includes(id));

/** A response is the ids of the chosen options in alphabetical order. */
export const choice: Behaviour<ChoiceQuestion> = {
  read: (form) =>
    inputs(form)
      .filter((input) => input.checked)
      .map((input) => input.value)
      .sort()
      .join(""),
  restore(form, response) {
    for (const input of inputs(form)) input.checked = response.includes(input.value);
  },
  /** With several right options, those that were chosen stay. */
  clear(form, { answer: { right, multiple } }) {
    for (const input of inputs(form)) {
      if (!multiple || !right.includes(input.value)) input.checked = false;
    }
  },
  arrange(form, order) {
    const rows = [...form.querySelectorAll(".answer .option")];
    rows[0]?.parentNode?.append(...order(rows, (row) => row.querySelector("input")?.value));
  },
  first: (form) => inputs(form)[0] ?? null,
  credit({ answer: { right, credit } }, response) {
    if (credit === "partial") return share(earned(right, response), right.length);
    return earned(right, response) === right.length ? FULL : 0;
  },
  reported: (question, response) => [{ part: "", response: [...response].join(",") }],
  describe: (question, response) =>
    chosen(question, response)
      .map(({ text }) => text)
      .join("; "),
  marks: ({ options, answer: { right } }, response) =>
    options.map(({ id }) => {
      const [given, good] = [response.includes(id), right.includes(id)];
      const word = given ? (good ? "yours_right" : "yours_wrong") : good ? "mark_right" : "";
      return { row: id, text: "", word, sign: good ? "right" : "wrong", secret: !given };
    }),
  parts: ({ answer: { right } }, response) => [earned(right, response), right.length],
  solution: ({ options, answer: { right } }) =>
    options
      .filter(({ id }) => right.includes(id))
      .map(({ text }) => text)
      .join("; "),
  unfinished,
  /** Feedback on each chosen option; a hint if more has to be chosen and no mark says which. */
  feedback(question, response, say, revealed) {
    const more = !revealed && unfinished(question, response);
    const own = chosen(question, response).map(({ feedback }) => feedback);
    return [...own, more ? paragraph(say("more_to_choose")) : null];
  },
};

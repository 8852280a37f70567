// Radio buttons and checkboxes: choice and true-false.

import { FULL, share } from "../state/scoring.js";

/** @import {Behaviour, Question} from "../types" */
/** @typedef {Question<{right: string[], credit: "all" | "partial"}>} ChoiceQuestion */

/**
 * @param {Question} question
 * @param {string} response
 */
const chosen = (question, response) => question.options.filter(({ id }) => response.includes(id));
/** @param {HTMLElement} form */
const inputs = (form) => [
  .../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(".answer input")),
];

/**
 * A type of question for the player: types.d.ts says what a Behaviour has. A response is the ids of
 * the chosen options in alphabetical order.
 *
 * @type {Behaviour<ChoiceQuestion>}
 */
export const choice = {
  read: (form) =>
    inputs(form)
      .filter((input) => input.checked)
      .map((input) => input.value)
      .sort()
      .join(""),
  restore(form, response) {
    for (const input of inputs(form)) input.checked = response.includes(input.value);
  },
  clear(form) {
    for (const input of inputs(form)) input.checked = false;
  },
  arrange(form, order) {
    const rows = [...form.querySelectorAll(".answer .option")];
    rows[0]?.parentNode?.append(...order(rows, (row) => row.querySelector("input")?.value));
  },
  first: (form) => inputs(form)[0] ?? null,
  credit({ answer: { right, credit } }, response) {
    const good = right.filter((id) => response.includes(id)).length;
    const bad = response.length - good;
    if (credit === "partial") return share(Math.max(good - bad, 0), right.length);
    return good === right.length && !bad ? FULL : 0;
  },
  reported: (question, response) => [{ part: "", response: [...response].join(",") }],
  describe: (question, response) =>
    chosen(question, response)
      .map(({ text }) => text)
      .join("; "),
  feedback: (question, response) => chosen(question, response).map(({ feedback }) => feedback),
};

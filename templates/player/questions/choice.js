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
 * A type of question for the player. A response is text of the characters A–Z, a–z, 0–9 and _+*%-,
 * kept in the state as it is; for a choice the ids of the chosen options in alphabetical order.
 * `read`, `restore`, `describe` and `feedback` get `say` of words.js last, with `say.language`.
 *
 * A type may also have `mount(form, question, given)`, which completes its form when it is shown,
 * and `problem(form, question, say)`, which gives {controls, words} where an answer that is there
 * cannot be taken. `given` is {say, order(list, idOf), keep(response, soon)}: an order of the
 * trainee's own, and what keeps a response that is not given yet, `soon` or with the next save. A
 * type whose questions may say `shuffle` has `arrange(form, order)`, which puts their options in
 * the trainee's own order.
 *
 * @type {Behaviour<ChoiceQuestion>}
 */
export const choice = {
  /** The response in a form, "" where there is none. */
  read: (form) =>
    inputs(form)
      .filter((input) => input.checked)
      .map((input) => input.value)
      .sort()
      .join(""),
  /** Show a response in its form. */
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
  /** The control to go to first. */
  first: (form) => inputs(form)[0] ?? null,
  /** What a response earns, in hundredths of a percent of the question's weight. */
  credit({ answer: { right, credit } }, response) {
    const good = right.filter((id) => response.includes(id)).length;
    const bad = response.length - good;
    if (credit === "partial") return share(Math.max(good - bad, 0), right.length);
    return good === right.length && !bad ? FULL : 0;
  },
  /** What SCORM 1.2 has for student_response: one text, or one for each item of the question. */
  reported: (question, response) => [{ part: "", response: [...response].join(",") }],
  /** The response in words. */
  describe: (question, response) =>
    chosen(question, response)
      .map(({ text }) => text)
      .join("; "),
  /** What the course says to each part of a response, HTML; null where it says nothing. */
  feedback: (question, response) => chosen(question, response).map(({ feedback }) => feedback),
};

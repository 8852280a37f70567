// The marks of an answer: a sign and a word at each option and row.

import { el, html } from "../dom/element.js";

/** @import {Behaviour, RowMark, Question, Say} from "../types" */

/**
 * The marks of an answer; none where nobody has decided yet what is right.
 *
 * @param {Question} question
 * @param {Behaviour} behaviour
 * @param {string} response
 * @param {Say} say
 */
export const marksOf = (question, behaviour, response, say) =>
  question.undecided ? undefined : behaviour.marks?.(question, response, say);

/**
 * The row of a mark: an option, an item, or the whole answer.
 *
 * @param {Element} form
 * @param {string} row
 */
const rowOf = (form, row) =>
  form.querySelector(row ? `.answer :is([data-row="${row}"], [data-id="${row}"])` : ".answer");

/**
 * The words of a mark; what would have been right is said to those who are `told`.
 *
 * @param {RowMark} mark
 * @param {boolean} told
 * @param {Say} say
 */
function words({ word, instead }, told, say) {
  const said = word && say(word);
  return told && instead ? `${said}. ${instead}` : said;
}

/**
 * @param {RowMark[]} marks
 * @param {boolean} told
 */
const seen = (marks, told) => marks.filter(({ word, secret }) => word && (told || !secret));

/**
 * Marks the rows of a form. The words describe the controls, so that they are read with them.
 *
 * @param {HTMLFormElement} form
 * @param {Question} question
 * @param {RowMark[]} marks
 * @param {boolean} told
 * @param {Say} say
 */
export function showMarks(form, { id: name }, marks, told, say) {
  clearMarks(form);
  for (const mark of seen(marks, told)) {
    const row = rowOf(form, mark.row);
    if (!row) continue;
    const id = `${name}-mark-${mark.row}`;
    row.classList.add("marked", mark.sign);
    row.append(el("span", { class: `mark ${mark.sign}`, id }, words(mark, told, say)));
    for (const control of row.querySelectorAll("input, select"))
      control.setAttribute("aria-describedby", id);
  }
}

/** @param {HTMLFormElement} form */
export function clearMarks(form) {
  for (const mark of form.querySelectorAll(".mark")) {
    for (const control of form.querySelectorAll(`[aria-describedby="${mark.id}"]`))
      control.removeAttribute("aria-describedby");
    mark.parentElement?.classList.remove("marked", "right", "wrong", "open");
    mark.remove();
  }
}

/**
 * An answer that counts, as a list to read: every row with its mark. `form` has the rows' own
 * words.
 *
 * @param {Element} form
 * @param {RowMark[]} marks
 * @param {boolean} told
 * @param {Say} say
 */
export function markedList(form, marks, told, say) {
  const shown = seen(marks, told);
  const inForm = [...form.querySelectorAll(".answer .option")].map((row) =>
    row.getAttribute("data-row"),
  );
  const ordered = [...marks].sort((a, b) => inForm.indexOf(a.row) - inForm.indexOf(b.row));
  return el(
    "ul",
    { class: "answered-rows", role: "list" },
    ...ordered.map((mark) => {
      const marked = shown.includes(mark);
      const own = rowOf(form, mark.row)?.querySelector("label")?.innerHTML ?? "";
      return el(
        "li",
        { class: marked ? `marked ${mark.sign}` : null },
        mark.text ? el("span", {}, mark.text) : html("span", {}, own),
        marked ? " " : null,
        marked ? el("span", { class: `mark ${mark.sign}` }, words(mark, told, say)) : null,
      );
    }),
  );
}

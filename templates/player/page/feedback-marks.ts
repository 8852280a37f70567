// The marks of an answer: a sign and a word at each option and row.

import { el, html } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Behaviour, RowMark } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

/** The marks of an answer; none where nobody has decided yet what is right. */
export const marksOf = (question: Question, behaviour: Behaviour, response: string, say: Say) =>
  question.undecided ? undefined : behaviour.marks?.(question, response, say);

/** The row of a mark: an option, an item, or the whole answer. */
const rowOf = (form: Element, row: string) =>
  form.querySelector(row ? `.answer :is([data-row="${row}"], [data-id="${row}"])` : ".answer");

/** The words of a mark; what would have been right is said to those who are `told`. */
function words({ word, instead }: RowMark, told: boolean, say: Say) {
  const said = word && say(word);
  return told && instead ? `${said}. ${instead}` : said;
}

const seen = (marks: RowMark[], told: boolean) =>
  marks.filter(({ word, secret }) => word && (told || !secret));

/** Marks the rows of a form. The words describe the controls, so that they are read with them. */
export function showMarks(
  form: HTMLFormElement,
  { id: name }: Question,
  marks: RowMark[],
  told: boolean,
  say: Say,
) {
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

export function clearMarks(form: HTMLFormElement) {
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
 */
export function markedList(form: Element, marks: RowMark[], told: boolean, say: Say) {
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

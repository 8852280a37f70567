// Marks an answer: a sign and a word at each option and row.

import { el, html } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Behaviour, RowMark } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

/** The marks of an answer; undefined if the author has yet to decide what is right. */
export const marksOf = (question: Question, behaviour: Behaviour, response: string, say: Say) =>
  question.undecided ? undefined : behaviour.marks?.(question, response, say);

/** The element of a mark: an option, an item, or the whole answer. */
const rowOf = (form: Element, row: string) =>
  form.querySelector(row ? `.answer :is([data-row="${row}"], [data-id="${row}"])` : ".answer");

/** The text of a mark. What would have been right is included only if it is `revealed`. */
function words({ word, instead }: RowMark, revealed: boolean, say: Say) {
  const texts = [word && say(word), revealed && instead];
  return texts.filter(Boolean).join(". ");
}

const visible = (marks: RowMark[], revealed: boolean) =>
  marks.filter(({ word, instead, secret }) => (revealed ? word || instead : word && !secret));

// Without a word, there is no sign either: it says only what would have been right.
const markOf = (mark: RowMark, revealed: boolean, say: Say, id?: string) =>
  el("span", { class: `mark ${mark.word && mark.sign}`, id }, words(mark, revealed, say));

/** Marks the rows of a form. Each text also describes the row's controls for screen readers. */
export function showMarks(
  form: HTMLFormElement,
  { id: name }: Question,
  marks: RowMark[],
  revealed: boolean,
  say: Say,
) {
  clearMarks(form);
  for (const mark of visible(marks, revealed)) {
    const row = rowOf(form, mark.row);
    if (!row) continue;
    const id = `${name}-mark-${mark.row}`;
    row.classList.add("marked", mark.sign);
    // A pressed button says by itself whose answer it is.
    const word = row.matches("button") ? `mark_${mark.sign}` : mark.word;
    row.append(" ", markOf({ ...mark, word }, revealed, say, id));
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
 * A submitted answer as a list of all rows with their marks. `form` provides the text of rows that
 * have none.
 */
export function markedList(form: Element, marks: RowMark[], revealed: boolean, say: Say) {
  const shown = visible(marks, revealed);
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
        mark.text ? el("span", { lang: mark.lang }, mark.text) : html("span", {}, own),
        marked ? " " : null,
        marked ? markOf(mark, revealed, say) : null,
      );
    }),
  );
}

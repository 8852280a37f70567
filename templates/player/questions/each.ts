// Feedback and marks for single lines of an answer.

import { el, html } from "../dom/element.ts";
import { paragraph } from "./field.ts";
import type { Say } from "../dom/words.ts";
import type { RowMark } from "../state/behaviour.ts";

/**
 * The author's feedback on lines that are not right, each after its text, as HTML; null if there is
 * none.
 */
export function feedbackList(lines: { words: string; feedback: string | null }[]) {
  const entries = lines.flatMap(({ words, feedback }) =>
    feedback ? [el("li", {}, el("strong", {}, words), html("div", {}, feedback))] : [],
  );
  return entries.length ? el("ul", { class: "each" }, ...entries).outerHTML : null;
}

/**
 * The marks of lines, of which each says the same if `none` is right: then one text says it,
 * instead of a word at each.
 */
export const together = (marks: RowMark[], none: boolean) =>
  none ? marks.map((one) => ({ ...one, word: "" })) : marks;

/** That text as HTML. */
export const noneRight = (none: boolean, say: Say) => (none ? paragraph(say("none_right")) : null);

/** The word and sign for a line. */
export const mark = (right: boolean): Pick<RowMark, "word" | "sign"> => ({
  word: right ? "mark_right" : "mark_wrong",
  sign: right ? "right" : "wrong",
});

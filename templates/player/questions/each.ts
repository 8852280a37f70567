// What the course says to single lines of an answer.

import { el, html } from "../dom/element.ts";
import type { RowMark } from "../state/behaviour.ts";

/**
 * What the course says to lines that are not right, each after the words of the line; HTML, null
 * where it says nothing.
 */
export function each(lines: { words: string; feedback: string | null }[]) {
  const said = lines.flatMap(({ words, feedback }) =>
    feedback ? [el("li", {}, el("strong", {}, words), html("div", {}, feedback))] : [],
  );
  return said.length ? el("ul", { class: "each" }, ...said).outerHTML : null;
}

/** The word and the sign of a line. */
export const mark = (right: boolean): Pick<RowMark, "word" | "sign"> => ({
  word: right ? "mark_right" : "mark_wrong",
  sign: right ? "right" : "wrong",
});

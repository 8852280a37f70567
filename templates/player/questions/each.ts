// What the course says to single lines of an answer.

import { el, html } from "../dom/element.js";

/** @import {RowMark} from "../types" */

/**
 * What the course says to lines that are not right, each after the words of the line; HTML, null
 * where it says nothing.
 *
 * @param {{words: string, feedback: string | null}[]} lines
 */
export function each(lines) {
  const said = lines.flatMap(({ words, feedback }) =>
    feedback ? [el("li", {}, el("strong", {}, words), html("div", {}, feedback))] : [],
  );
  return said.length ? el("ul", { class: "each" }, ...said).outerHTML : null;
}

/**
 * The word and the sign of a line.
 *
 * @param {boolean} right
 * @returns {Pick<RowMark, "word" | "sign">}
 */
export const mark = (right) => ({
  word: right ? "mark_right" : "mark_wrong",
  sign: right ? "right" : "wrong",
});

// The course's words to an answer of several lines.

import { el, html } from "../dom/element.js";

/**
 * Each line of an answer with its result in words, and what the course says to one that is not
 * right. `lines` are {words, right, feedback}, `yes` and `no` the words for a right one and any
 * other; gives HTML, null where every line is right.
 *
 * @param {{words: string, right: boolean, feedback: string | null}[]} lines
 * @param {string} yes
 * @param {string} no
 */
export function each(lines, yes, no) {
  if (lines.every(({ right }) => right)) return null;
  return el(
    "ul",
    { class: "each" },
    ...lines.map(({ words, right, feedback }) =>
      el(
        "li",
        {},
        el("p", {}, el("span", {}, words), " ", el("strong", {}, right ? yes : no)),
        right || !feedback ? null : html("div", {}, feedback),
      ),
    ),
  ).outerHTML;
}

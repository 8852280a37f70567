// Problems with their places, a few lines of the source, and what to do.

import { el } from "./element.js";

/** @import {OpenPlace, Problem, SourceLine} from "./types" */

/** Problems that are drawn; nobody reads more at once. */
const MOST = 200;

/** Problems, as many as anybody reads. @param {Problem[]} some @param {OpenPlace} open */
export function problemList(some, open) {
  const more = some.length - MOST;
  return el(
    "ul",
    {},
    some.slice(0, MOST).map((one) => el("li", {}, draw(one, open))),
    more > 0 && el("li", {}, `And ${more} more.`),
  );
}

/** @param {Problem} problem @param {OpenPlace} open */
function draw({ severity, code, message, hint, place, source }, open) {
  return el(
    "article",
    { class: "problem", "data-severity": severity },
    el(
      "p",
      {},
      el("span", { class: "kind" }, severity === "error" ? "Error" : "Warning"),
      ` ${message}`,
    ),
    source.length > 0 &&
      el("pre", { tabindex: "0", role: "group", "aria-label": "Source" }, source.flatMap(drawLine)),
    hint && el("p", {}, hint),
    el("div", { class: "problem-foot" }, open(place), el("code", { class: "soft" }, code)),
  );
}

/** @param {SourceLine} line */
function drawLine({ number, text, caret, meant }) {
  const prefix = `${String(number).padStart(4)}  `;
  const shown = el("span", { class: meant ? "meant" : "" }, `${prefix}${text}\n`);
  if (caret === null) return [shown];
  return [
    shown,
    el(
      "span",
      { class: "caret", "aria-hidden": "true" },
      `${" ".repeat(prefix.length + caret)}^\n`,
    ),
  ];
}

// Lists problems with their place, a few source lines, and a hint.

import { el } from "./element.ts";
import type { OpenPlace } from "./places.ts";
import type { Problem } from "./problems.ts";

export interface SourceLine {
  number: number;
  text: string;
  /** Number of characters before the marked text. */
  caret: number | null;
  meant: boolean;
}

/** Maximum number of problems shown. */
const MAX_PROBLEMS = 200;

export function problemList(some: Problem[], open: OpenPlace) {
  const more = some.length - MAX_PROBLEMS;
  return el(
    "ul",
    {},
    some.slice(0, MAX_PROBLEMS).map((one) => el("li", {}, draw(one, open))),
    more > 0 && el("li", {}, `And ${more} more.`),
  );
}

function draw({ severity, code, message, hint, place, source }: Problem, open: OpenPlace) {
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

function drawLine({ number, text, caret, meant }: SourceLine) {
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

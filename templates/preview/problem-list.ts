// Problems with their places, a few lines of the source, and what to do.

import { el } from "./element.ts";
import type { OpenPlace } from "./places.ts";
import type { Problem } from "./problems.ts";

export interface SourceLine {
  number: number;
  text: string;
  /** How many characters stand before what is meant. */
  caret: number | null;
  meant: boolean;
}

/** Problems that are drawn; nobody reads more at once. */
const MOST = 200;

/** Problems, as many as anybody reads. */
export function problemList(some: Problem[], open: OpenPlace) {
  const more = some.length - MOST;
  return el(
    "ul",
    {},
    some.slice(0, MOST).map((one) => el("li", {}, draw(one, open))),
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

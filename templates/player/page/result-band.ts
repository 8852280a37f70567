// The band above a result: its sign, the verdict with the score, what is known of it, and a line
// that says whether it is saved.

import { el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Hundredths } from "../state/scoring.ts";

/** Tells how saving goes: the current outcome, and each later one. */
export interface SaveNews {
  listen(hear: (outcome: string) => void): void;
}

// Text keys in a few words, which fit on one line of a phone.
const WORDS: Record<string, string> = {
  saving: "saving",
  saved: "end_saved",
  unconfirmed: "unconfirmed",
  failed: "not_saved",
};

/** The line that says how saving goes. */
export function savedLine({ listen }: SaveNews, say: Say) {
  const line = el("p", { class: "saved" });
  listen((outcome) => tellSaved(line, WORDS[outcome] ?? "", say));
  return line;
}

/** Puts the text `key` on the line. */
export function tellSaved(line: HTMLElement, key: string, say: Say) {
  line.classList.toggle("is-saved", key === "end_saved");
  line.textContent = key ? say(key) : "";
}

/**
 * @param sign "passed", "failed" (not passed, or not yet) or "open".
 * @param score Drawn as a ring if the sign is "failed".
 * @param saved The line for saving, whose room is kept.
 */
export function resultBand(
  sign: string,
  heading: HTMLElement,
  facts: (string | Node)[],
  saved: HTMLElement | null,
  score: Hundredths | null,
) {
  const mark = el("div", { class: `end-mark ${sign}`, "aria-hidden": "true" });
  mark.style.setProperty("--score", `${(score ?? 0) / 100}%`);
  return el(
    "div",
    { class: `band ${sign}` },
    mark,
    heading,
    el("p", { class: "band-facts" }, ...facts.map((fact) => el("span", {}, fact))),
    saved,
  );
}

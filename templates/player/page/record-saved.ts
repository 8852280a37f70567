// A record in a visit that records nothing: the answers that the LMS holds, as text.

import { dayInWords } from "../dom/dates.ts";
import { el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { RecordItem } from "../state/page-data.ts";
import type { createEntries } from "./record-entries.ts";

/** Replaces the fields of the items of a record in `place`, and what it says about saving. */
export function showSaved(
  place: HTMLElement,
  items: RecordItem[],
  { kept }: ReturnType<typeof createEntries>,
  say: Say,
) {
  place.querySelector(":scope > .hint")?.remove();
  for (const { key } of items) {
    const labelOf = (name: string) =>
      document.getElementById(`record-${key}-${name}`) as HTMLElement;
    const row = (name: string, words: string) =>
      el(
        "div",
        {},
        el("dt", {}, labelOf(name).textContent),
        el("dd", { dir: "auto" }, words || "–"),
      );
    const { date, text } = kept(key);
    const written = el(
      "dl",
      { class: "facts written" },
      row("label", text),
      row("legend", date && dayInWords(say, date)),
    );
    labelOf("label").closest(".field")?.replaceWith(written);
    labelOf("legend").closest(".field")?.remove();
  }
}

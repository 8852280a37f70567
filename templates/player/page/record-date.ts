// The date of a record item: day, month and year in a field each.

import { latinDigits } from "../dom/digits.ts";
import { TYPING_PAUSE } from "./room-left.ts";
import { isoDate, today } from "../state/days.ts";
import type { Say } from "../dom/words.ts";
import type { RecordItem } from "../state/page-data.ts";
import type { createEntries } from "./record-entries.ts";

type Entries = ReturnType<typeof createEntries>;

/** The name of its field. */
export const dateField = ({ key }: RecordItem) => `${key}-date`;

/**
 * The date that three texts say, "" for none; null where the calendar has no such day, or a year
 * that nobody means.
 *
 * @param texts Day, month and year.
 */
function readDate(texts: string[]) {
  const [day, month, year] = texts.map((text) => latinDigits(text).trim());
  if (!day && !month && !year) return "";
  const real = [day, month].every((text) => /^\d{1,2}$/.test(text)) && /^(19|20)\d\d$/.test(year);
  return (real && isoDate(Number(year), Number(month), Number(day))) || null;
}

/**
 * Makes the fields work: a real date is kept at once, and saved when the trainee pauses or leaves
 * them; then a wrong one is told, too.
 */
export function mountDate(item: RecordItem, entries: Entries, say: Say) {
  const { key } = item;
  const name = dateField(item);
  const parts = ["day", "month", "year"].map(
    (part) => document.getElementById(`record-${key}-${part}`) as HTMLInputElement,
  );
  const fieldset = parts[0].closest("fieldset") as HTMLElement;
  const message = document.getElementById(`record-${name}-error`) as HTMLElement;
  const texts = () => parts.map((part) => part.value);
  let pause = 0;

  function write(date: string, typed: string[] | null = null) {
    const [year, month, day] = date.split("-");
    const shown = typed ?? (year ? [day, month, year].map((part) => String(Number(part))) : []);
    shown.forEach((text, at) => {
      parts[at].value = text;
    });
  }

  function judge() {
    const wrong = readDate(texts()) === null;
    const words = wrong ? say("date_wrong") : "";
    if (message.textContent !== words) message.textContent = words;
    for (const part of parts) part.setAttribute("aria-invalid", String(wrong));
  }

  fieldset.addEventListener("input", () => {
    const date = readDate(texts());
    entries.keepDraft(name, date === null ? texts() : null);
    entries.keep(key, { date: date ?? "" });
    clearTimeout(pause);
    pause = setTimeout(entries.hurry, TYPING_PAUSE);
  });
  fieldset.addEventListener("focusout", ({ relatedTarget }) => {
    if (fieldset.contains(relatedTarget as Node | null)) return;
    judge();
    entries.hurry();
  });

  const press = fieldset.querySelector("[data-today]") as HTMLElement;
  press.hidden = false;
  press.onclick = () => {
    write(today());
    fieldset.dispatchEvent(new Event("input"));
    judge();
    entries.hurry();
  };

  const draft = entries.draft(name);
  write(entries.kept(key).date, draft);
  if (draft) judge();
}

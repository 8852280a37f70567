// The date of a record item: fields for day, month and year.

import { latinDigits } from "../dom/digits.ts";
import { updateErrorTitle } from "./error-title.ts";
import { TYPING_PAUSE_MS } from "./room-left.ts";
import { isoDate, today } from "../state/days.ts";
import type { Say } from "../dom/words.ts";
import type { RecordItem } from "../state/page-data.ts";
import type { createEntries } from "./record-entries.ts";

type Entries = ReturnType<typeof createEntries>;

/** Name of the item's date field. */
export const dateField = ({ key }: RecordItem) => `${key}-date`;

/**
 * The date in the three fields as YYYY-MM-DD; "" if they are empty, null if the date does not exist
 * or is outside 1900–2099.
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
 * Starts the fields. A valid date is stored at once, and saved when the trainee pauses or leaves
 * the fields; an error is shown only then.
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

  function validate() {
    const wrong = readDate(texts()) === null;
    const words = wrong ? say("date_wrong") : "";
    if (message.textContent !== words) message.textContent = words;
    for (const part of parts) part.setAttribute("aria-invalid", String(wrong));
    updateErrorTitle(say);
  }

  fieldset.addEventListener("input", () => {
    const date = readDate(texts());
    entries.keepDraft(name, date === null ? texts() : null);
    entries.keep(key, { date: date ?? "" });
    clearTimeout(pause);
    pause = setTimeout(entries.hurry, TYPING_PAUSE_MS);
  });
  fieldset.addEventListener("focusout", ({ relatedTarget }) => {
    if (fieldset.contains(relatedTarget as Node | null)) return;
    validate();
    entries.hurry();
  });

  const press = fieldset.querySelector("[data-today]") as HTMLElement;
  press.hidden = false;
  press.onclick = () => {
    write(today());
    fieldset.dispatchEvent(new Event("input"));
    validate();
    entries.hurry();
  };

  const draft = entries.draft(name);
  write(entries.kept(key).date, draft);
  if (draft) validate();
}

// The date of a record item: day, month and year in a field each.

import { latinDigits } from "../dom/digits.js";
import { TYPING_PAUSE } from "./room-left.js";
import { isoDate, today } from "../state/days.js";

/** @import {RecordItem, Say} from "../types" */
/** @typedef {ReturnType<typeof import("./record-entries.js").createEntries>} Entries */

/** The name of its field. @param {RecordItem} item */
export const dateField = ({ key }) => `${key}-date`;

/**
 * The date that three texts say, "" for none; null where the calendar has no such day, or a year
 * that nobody means.
 *
 * @param {string[]} texts Day, month and year.
 */
function readDate(texts) {
  const [day, month, year] = texts.map((text) => latinDigits(text).trim());
  if (!day && !month && !year) return "";
  const real = [day, month].every((text) => /^\d{1,2}$/.test(text)) && /^(19|20)\d\d$/.test(year);
  return (real && isoDate(Number(year), Number(month), Number(day))) || null;
}

/**
 * Makes the fields work: a real date is kept at once, and saved when the trainee pauses or leaves
 * them; then a wrong one is told, too.
 *
 * @param {RecordItem} item
 * @param {Entries} entries
 * @param {Say} say
 */
export function mountDate(item, entries, say) {
  const { key } = item;
  const name = dateField(item);
  const parts = ["day", "month", "year"].map(
    (part) => /** @type {HTMLInputElement} */ (document.getElementById(`record-${key}-${part}`)),
  );
  const fieldset = /** @type {HTMLElement} */ (parts[0].closest("fieldset"));
  const message = /** @type {HTMLElement} */ (document.getElementById(`record-${name}-error`));
  const texts = () => parts.map((part) => part.value);
  let pause = 0;

  /**
   * @param {string} date
   * @param {string[] | null} [typed]
   */
  function write(date, typed = null) {
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
    if (fieldset.contains(/** @type {Node | null} */ (relatedTarget))) return;
    judge();
    entries.hurry();
  });

  const press = /** @type {HTMLElement} */ (fieldset.querySelector("[data-today]"));
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

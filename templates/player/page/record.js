// The page of a trainee's own answers, and the sheet it prints.

import { latinDigits } from "../dom/digits.js";
import { el } from "../dom/element.js";
import { TYPING_PAUSE, createRoom } from "./room-left.js";
import { asText, copyText, printPage, saveText } from "./record-sheet.js";
import { isoDate } from "../state/codec.js";

// What cannot be saved as it stands, by field: kept for the visit, so that it is there to be put
// right when the trainee comes back to the page.
const drafts = new Map();

// Safari forgets what a table is when narrow screens stack its cells.
const ROLES = {
  table: "table",
  "thead, tbody": "rowgroup",
  tr: "row",
  "thead th": "columnheader",
  "tbody th": "rowheader",
  td: "cell",
};

/**
 * Makes the record in `place` work. `sheet()` gives what the LMS and the player know: learner,
 * status and score in words. Answers are kept from the first letter, and saved when the trainee
 * pauses or leaves a field.
 */
export function mountRecord({ place, data, store, sheet, say }) {
  const kept = (item) => store.state.records.get(item.key) ?? { date: "", text: "" };
  const keep = (item, change) => {
    if (Object.entries(change).every(([name, value]) => kept(item)[name] === value)) return;
    store.change(({ records }) => records.set(item.key, { ...kept(item), ...change }), false);
    fillSheet();
  };

  let pause = 0;
  const whenPaused = () => {
    clearTimeout(pause);
    pause = setTimeout(() => store.hurry(), TYPING_PAUSE);
  };

  // A draft that is null is none.
  function draft(name, value) {
    if (value === null) drafts.delete(name);
    else drafts.set(name, value);
    fillSheet();
  }

  for (const item of data.record) {
    mountAnswer(item);
    mountDate(item);
  }

  function mountAnswer(item) {
    const field = document.getElementById(`record-${item.key}-answer`);
    const count = document.getElementById(`record-${item.key}-count`);
    const name = `${item.key}-answer`;
    field.value = drafts.get(name) ?? kept(item).text;
    const room = createRoom({ field, count, limit: item.limit, say, paused: () => store.hurry() });

    field.addEventListener("input", () => {
      const fits = room.left() >= 0;
      draft(name, fits ? null : field.value);
      if (fits) keep(item, { text: field.value });
    });
    field.addEventListener("change", () => {
      room.show();
      store.hurry();
    });
  }

  function mountDate(item) {
    const parts = ["day", "month", "year"].map((part) =>
      document.getElementById(`record-${item.key}-${part}`),
    );
    const fieldset = parts[0].closest("fieldset");
    const message = document.getElementById(`record-${item.key}-date-error`);
    const name = `${item.key}-date`;
    const [year, month, day] = kept(item).date.split("-");
    const shown =
      drafts.get(name) ?? (year ? [day, month, year].map((part) => String(Number(part))) : []);
    shown.forEach((text, at) => (parts[at].value = text));
    if (drafts.has(name)) judge();

    function value() {
      const [dayText, monthText, yearText] = parts.map((part) => latinDigits(part.value).trim());
      if (!dayText && !monthText && !yearText) return "";
      const real =
        [dayText, monthText].every((text) => /^\d{1,2}$/.test(text)) &&
        /^(19|20)\d\d$/.test(yearText);
      return (real && isoDate(Number(yearText), Number(monthText), Number(dayText))) || null;
    }

    function judge() {
      const wrong = value() === null;
      const words = wrong ? say("date_wrong") : "";
      if (message.textContent !== words) message.textContent = words;
      for (const part of parts) part.setAttribute("aria-invalid", String(wrong));
    }

    fieldset.addEventListener("input", () => {
      const date = value();
      draft(name, date === null ? parts.map((part) => part.value) : null);
      keep(item, { date: date ?? "" });
      whenPaused();
    });
    fieldset.addEventListener("focusout", (event) => {
      if (fieldset.contains(event.relatedTarget)) return;
      judge();
      store.hurry();
    });
  }

  const today = () => {
    const now = new Date();
    return isoDate(now.getFullYear(), now.getMonth() + 1, now.getDate());
  };

  const withDraft = (words, name) =>
    [words, drafts.has(name) && say("draft")].filter(Boolean).join("\n");

  function fillSheet() {
    const cells = { ...sheet(), printed: say.day(today()) };
    for (const item of data.record) {
      const { date, text } = kept(item);
      const day = date && say.day(date);
      for (const [name, words] of [
        [`${item.key}-answer`, text],
        [`${item.key}-date`, day],
      ]) {
        cells[name] = withDraft(words, name);
      }
    }
    for (const cell of place.querySelectorAll("[data-sheet]"))
      cell.textContent = cells[cell.dataset.sheet] ?? "";
  }

  for (const [cells, role] of Object.entries(ROLES)) {
    for (const cell of place.querySelectorAll(`.sheet :is(${cells})`))
      cell.setAttribute("role", role);
  }
  fillSheet();
  // Until the page is left: the status changes with a save, the day with the clock.
  for (const [target, type] of [
    [window, "beforeprint"],
    [document, "player:told"],
  ]) {
    const refresh = () =>
      place.isConnected ? fillSheet() : target.removeEventListener(type, refresh);
    target.addEventListener(type, refresh);
  }
  // What print.css leaves of the page; :has() would say it in younger browsers only.
  place.parentNode.classList.add("has-sheet");
  const title = place.parentNode.querySelector("h1").textContent;
  const status = el("p", { role: "status" });
  const actions = {
    print: () => printPage(status, say),
    copy: (text) => copyText(text, status, say),
    save: (text) => saveText(text, [title, sheet().learner].filter(Boolean).join(" "), status, say),
  };
  for (const [name, act] of Object.entries(actions)) {
    place.querySelector(`[data-${name}]`).onclick = () => {
      fillSheet();
      act(asText(title, place.querySelector(".sheet")));
    };
  }
  place.append(status);
}

// The page of a trainee's own answers, and the sheet it prints.

import { el } from "./element.js";
import { encodeText, isoDate } from "./state.js";

const TYPING_PAUSE = 1000;

/**
 * Makes the record in `place` work. `sheet()` gives what the LMS and the player know: learner,
 * status and score in words. Answers are saved when a field is left, kept from the first letter.
 */
export function mountRecord({ place, data, store, sheet, language, say }) {
  const kept = (item) => store.state.records.get(item.key) ?? { date: "", text: "" };
  const keep = (item, change) => {
    if (Object.entries(change).every(([name, value]) => kept(item)[name] === value)) return;
    store.change(({ records }) => records.set(item.key, { ...kept(item), ...change }), false);
    fillSheet();
  };

  for (const item of data.record) {
    mountAnswer(item);
    mountDate(item);
  }

  function mountAnswer(item) {
    const field = document.getElementById(`record-${item.key}-answer`);
    const count = document.getElementById(`record-${item.key}-count`);
    const room = () => item.limit - encodeText(field.value).length;
    let pause = 0;
    count.setAttribute("role", "status");
    field.value = kept(item).text;
    tell();

    function tell() {
      const left = room();
      count.textContent = left < 0 ? say.count("too_long", -left) : say.count("room_left", left);
      count.classList.toggle("error-message", left < 0);
      field.setAttribute("aria-invalid", String(left < 0));
    }

    field.addEventListener("input", () => {
      if (room() >= 0) keep(item, { text: field.value });
      clearTimeout(pause);
      pause = setTimeout(tell, TYPING_PAUSE);
    });
    field.addEventListener("change", () => {
      tell();
      store.hurry();
    });
  }

  function mountDate(item) {
    const parts = ["day", "month", "year"].map((part) => document.getElementById(`record-${item.key}-${part}`));
    const fieldset = parts[0].closest("fieldset");
    const message = el("p", { class: "error-message", id: `record-${item.key}-date-error` });
    const [year, month, day] = kept(item).date.split("-");
    if (year) [day, month, year].forEach((value, at) => (parts[at].value = String(Number(value))));

    const value = () => {
      const [dayText, monthText, yearText] = parts.map((part) => part.value.trim());
      if (!dayText && !monthText && !yearText) return "";
      const real = [dayText, monthText].every((text) => /^\d{1,2}$/.test(text)) && /^(19|20)\d\d$/.test(yearText);
      return (real && isoDate(Number(yearText), Number(monthText), Number(dayText))) || null;
    };

    function judge() {
      const wrong = value() === null;
      message.textContent = wrong ? say("date_wrong") : "";
      if (wrong) fieldset.querySelector("legend").after(message);
      else message.remove();
      for (const part of parts) {
        part.setAttribute("aria-invalid", String(wrong));
        if (wrong) part.setAttribute("aria-describedby", message.id);
        else part.removeAttribute("aria-describedby");
      }
    }

    fieldset.addEventListener("input", () => {
      keep(item, { date: value() ?? "" });
    });
    fieldset.addEventListener("focusout", (event) => {
      if (fieldset.contains(event.relatedTarget)) return;
      judge();
      store.hurry();
    });
  }

  const inWords = (date) => new Date(date).toLocaleDateString(language, { dateStyle: "long" });

  function fillSheet() {
    const cells = { ...sheet(), printed: inWords(Date.now()) };
    for (const item of data.record) {
      const { date, text } = kept(item);
      cells[`${item.key}-answer`] = text;
      cells[`${item.key}-date`] = date && inWords(`${date}T12:00`);
    }
    for (const cell of place.querySelectorAll("[data-sheet]")) cell.textContent = cells[cell.dataset.sheet] ?? "";
  }

  fillSheet();
  // Until the page is left: the status changes with a save, the day with the clock.
  for (const [target, type] of [[window, "beforeprint"], [document, "player:told"]]) {
    const refresh = () => (place.isConnected ? fillSheet() : target.removeEventListener(type, refresh));
    target.addEventListener(type, refresh);
  }
  place.querySelector("[data-print]").onclick = () => {
    fillSheet();
    print();
  };
  const copied = el("p", { role: "status" });
  place.querySelector("[data-copy]").onclick = () => {
    fillSheet();
    copyText(asText(place.querySelector(".sheet")), copied, say);
  };
  place.append(copied);
}

/** The sheet as lines of text: its title, facts, then each row of its table, cell by cell. */
function asText(sheet) {
  const words = (element) => element.textContent.trim();
  const facts = [...sheet.querySelectorAll("dl > div")].map((fact) => [...fact.children].map(words).join(": "));
  const columns = [...sheet.querySelectorAll("thead th")].map(words);
  const rows = [...sheet.querySelectorAll("tbody tr")].map((row) =>
    ["", ...[...row.children].map((cell, at) => `${columns[at]}: ${words(cell)}`)].join("\n"));
  return [words(sheet.querySelector(".sheet-course")), ...facts, ...rows].join("\n");
}

// Where a frame may not use the clipboard, the text is shown to be copied by hand.
async function copyText(text, status, say) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = say("copied");
  } catch {
    const field = el("textarea", { rows: "12", readonly: true, "aria-label": say("copy_by_hand") });
    field.value = text;
    status.textContent = say("copy_by_hand");
    status.parentNode.querySelector(".copy")?.remove();
    status.after(el("div", { class: "copy" }, field));
    field.select();
    field.focus();
  }
}

// The calendar on the neutral page of “Exit this page”: a harmless page, and less odd than an empty
// one.

import { el } from "../dom/element.ts";

const WEEK = 7;

/**
 * Fills in a table with the current month. Its head has the days of the week from Monday; its
 * `data-months` has the names of the months.
 */
export function fillCalendar(table: HTMLTableElement, today: Date) {
  const [year, month] = [today.getFullYear(), today.getMonth()];
  const before = (new Date(year, month, 1).getDay() + WEEK - 1) % WEEK;
  const days = new Date(year, month + 1, 0).getDate();
  const cell = (at: number) => {
    const day = at - before + 1;
    const current = day === today.getDate() ? "date" : null;
    return el("td", { "aria-current": current }, day > 0 && day <= days ? String(day) : "");
  };
  for (let at = 0; at < before + days; at += WEEK) {
    const row = Array.from({ length: WEEK }, (_, n) => cell(at + n));
    table.tBodies[0].append(el("tr", {}, ...row));
  }
  const name = table.dataset.months?.split(" ")[month];
  (table.caption as HTMLTableCaptionElement).textContent = `${name} ${year}`;
  table.hidden = false;
}

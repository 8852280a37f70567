// What “Exit this page” leads to where the course names no address: the calendar of this month, as
// harmless as any page, and not as odd as an empty one.

import { el } from "../dom/element.ts";

const WEEK = 7;

/**
 * Fills in the table of a month, whose head has the days of the week from Monday on; the names of
 * the months stand in its `data-months`.
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

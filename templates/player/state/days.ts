// Days as YYYY-MM-DD and as numbers: the first of January of the year 1 is day 1.

import { damaged } from "./bits.ts";

const DAY = 86400000;
// Days from then until computers count from, the first of January of 1970.
const EPOCH = 719163;

/** The number of a day. */
export const dayNumber = (date: string) => Date.parse(date) / DAY + EPOCH;

/** The day that has a number; throws before the year 1 and after the year 9999. */
export function dayOf(day: number) {
  const date = new Date((day - EPOCH) * DAY);
  return day < 1 || date.getUTCFullYear() > 9999 ? damaged("day") : date.toISOString().slice(0, 10);
}

/** The day as YYYY-MM-DD, or "" where the calendar has no such day. Years 1–9999. */
export function isoDate(year: number, month: number, day: number) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real =
    year >= 1 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : "";
}

/** The day of today, as a date. */
export function today() {
  const now = new Date();
  return isoDate(now.getFullYear(), now.getMonth() + 1, now.getDate()) as string;
}

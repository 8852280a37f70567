// Days as YYYY-MM-DD and as numbers: 1 January of the year 1 is day 1.

import { damaged } from "./bits.ts";

const DAY = 86400000;
// Number of 1 January 1970, from which JavaScript counts.
const EPOCH = 719163;

export const dayNumber = (date: string) => Date.parse(date) / DAY + EPOCH;

/** The date of a day number; throws outside the years 1–9999. */
export function dayOf(day: number) {
  const date = new Date((day - EPOCH) * DAY);
  return day < 1 || date.getUTCFullYear() > 9999 ? damaged() : date.toISOString().slice(0, 10);
}

/** The date as YYYY-MM-DD; "" if it does not exist or is outside the years 1–9999. */
export function isoDate(year: number, month: number, day: number) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real =
    year >= 1 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : "";
}

/** Today's date in the local time zone. */
export function today() {
  const now = new Date();
  return isoDate(now.getFullYear(), now.getMonth() + 1, now.getDate()) as string;
}

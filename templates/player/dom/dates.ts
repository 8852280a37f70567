// Dates and times in the course's language.

import { supports, type Say } from "./words.ts";

/** A date that is written as 2026-01-31, in words. */
export function dayInWords(say: Say, date: string) {
  const day = new Date(`${date}T12:00`).toLocaleDateString(say.tag, { dateStyle: "long" });
  // Without names of months, as for Punjabi, Chromium writes “2026 M11 1”. French needs “1er
  // novembre”, which no browser writes.
  if (supports(Intl.DateTimeFormat, say.tag) && !/M\d/.test(day))
    return day.replace(/^1(?= )/, say("first"));
  const [year, month, at] = date.split("-");
  return `${Number(at)} ${say("months").split(" ")[Number(month) - 1]} ${year}`;
}

/** The hour and minute of a time. */
export const timeInWords = (say: Say, time: Date) =>
  time.toLocaleTimeString(say.language(), { hour: "2-digit", minute: "2-digit" });

/** Puts the date of a time element into words. */
export function fillTime(time: HTMLTimeElement, say: Say) {
  time.textContent = dayInWords(say, time.dateTime);
}

// Formats and limits of SCORM 1.2's data types (facts/scorm-1.2.md#data-model).

import type { Hundredths } from "../state/scoring.ts";

export const STATE_LIMIT = 4096;
export const STRING_LIMIT = 255;

const pad = (number: number, digits = 2) => String(number).padStart(digits, "0");

/** CMITime: the local time of day, HH:MM:SS. */
export const time = (date: Date) =>
  [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part)).join(":");

const MAX_HUNDREDTHS = 9999 * 360000 + 59 * 6000 + 59 * 100 + 99;

/** CMITimespan: HHHH:MM:SS.SS, from zero to 9999 hours. */
export function timespan(milliseconds: number) {
  const hundredths = Math.min(Math.max(Math.round(milliseconds / 10) || 0, 0), MAX_HUNDREDTHS);
  const [minutes, seconds] = [6000, 100].map((unit) => pad(Math.floor(hundredths / unit) % 60));
  const hours = pad(Math.floor(hundredths / 360000), 4);
  return `${hours}:${minutes}:${seconds}.${pad(hundredths % 100)}`;
}

/**
 * A score as CMIDecimal: takes hundredths of a percent, returns 0–100 with at most two decimals.
 */
export const score = (hundredths: Hundredths) =>
  String(Math.min(Math.max(Math.round(hundredths), 0), 10000) / 100);

/**
 * The hundredths of a percent in a CMIDecimal; null if it is blank, not a number or out of range.
 */
export function readScore(text: string): Hundredths | null {
  const number = text.trim() === "" ? NaN : Number(text);
  return number >= 0 && number <= 100 ? Math.round(number * 100) : null;
}

const CHOICES = /^[a-z0-9](,[a-z0-9])*$/;

/** Formats of student_response by interaction type. Other types accept any text. */
const RESPONSES: Record<string, RegExp> = {
  "true-false": /^[tf01]$/,
  choice: CHOICES,
  sequencing: CHOICES,
  matching: /^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/,
  likert: /^[a-z0-9]?$/,
  numeric: /^-?\d+(\.\d+)?$/,
};

/** Whether a student_response may be sent for an interaction type. */
export const fits = (type: string, response: string) =>
  response.length <= STRING_LIMIT && (RESPONSES[type] ?? /^/).test(response);

// Numeric: a text field for a number. A response is a decimal as in SCORM 1.2.

import { latinDigits } from "../dom/digits.ts";
import { FULL } from "../state/scoring.ts";
import { field, paragraph } from "./field.ts";
import type { Say } from "../dom/words.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

/**
 * The range of right answers as decimals, null for an open end; `digits` is the maximum number of
 * digits in a response.
 */
type Range = { from: string | null; to: string | null; digits: number; unit: string | null };
type Numeric = Question<Range>;

const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const GROUPED: Record<string, RegExp> = {
  ".": /^[1-9]\d{0,2}(\.\d{2,3})*\.\d{3}$/,
  ",": /^[1-9]\d{0,2}(,\d{2,3})*,\d{3}$/,
};
const OTHER: Record<string, string> = { ".": ",", ",": "." };
const SCALE = 20;

const latin = (text: string) => text.replace(/\u066b/g, ".").replace(/\u066c/g, ",");

/** The grouping mark of a language, "." or "," if it is one of these. */
const groupMark = (language: string) =>
  latin(
    new Intl.NumberFormat(language).formatToParts(12345.6).find(({ type }) => type === "group")
      ?.value ?? "",
  );

/**
 * The digits before and after the decimal mark, without grouping; null if the marks do not form a
 * number. A single mark is the decimal mark, unless the language groups by it and three digits
 * follow. Of two different marks, the last one is the decimal mark.
 */
function split(body: string, group: string): [whole: string, fraction: string] | null {
  const used = body.replace(/\d/g, "");
  if (!used) return [body, ""];
  const last = used.slice(-1);
  const other = OTHER[last];
  const same = !used.includes(other);
  if (same && GROUPED[last].test(body) && (used.length > 1 || last === group))
    return [body.split(last).join(""), ""];
  const [whole, fraction, ...more] = body.split(last);
  if (more.length || fraction.includes(other) || !(whole + fraction)) return null;
  if (whole.includes(other) && !GROUPED[other].test(whole)) return null;
  return [whole.split(other).join(""), fraction];
}

/**
 * Parses a number and returns it as a decimal without redundant zeros; null if it is not a number.
 */
export function parse(text: string, language: string, unit: string | null = null) {
  let cleaned = text.replace(INVISIBLE, "").trim();
  const lower = cleaned.toLowerCase();
  if (unit && lower.endsWith(unit.toLowerCase())) cleaned = cleaned.slice(0, -unit.length);
  else if (unit && lower.startsWith(unit.toLowerCase())) cleaned = cleaned.slice(unit.length);
  const group = /[\u066b\u066c]/.test(cleaned) ? "," : groupMark(language);
  cleaned = latin(latinDigits(cleaned))
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .trim()
    .replace(/(\d)[\s'\u2019](?=\d{3}(?!\d))/g, "$1");
  const [, sign, body] = cleaned.match(/^([+-]?)\s*([\d.,]+)$/) ?? [];
  const parts = body ? split(body, group) : null;
  if (!parts) return null;
  const whole = parts[0].replace(/^0+(?=\d)/, "") || "0";
  const fraction = parts[1].replace(/0+$/, "");
  const number = fraction ? `${whole}.${fraction}` : whole;
  return sign === "-" && number !== "0" ? `-${number}` : number;
}

/** Formats a decimal for the language. Four digits, such as a year, are not grouped. */
export function format(number: string, language: string) {
  const [whole, fraction = ""] = number.split(".");
  return Number(number).toLocaleString(language, {
    minimumFractionDigits: fraction.length,
    maximumFractionDigits: fraction.length,
    useGrouping: whole.replace("-", "").length > 4,
  });
}

function withUnit(number: string, { answer: { unit } }: Numeric, { language }: Say) {
  const written = format(number, language());
  return unit ? `${written}${/^(%|°$)/.test(unit) ? "" : "\u00a0"}${unit}` : written;
}

// Compares as integers, because floats are inexact: 0.1 + 0.2 is not 0.3.
function scaled(number: string) {
  const [whole, fraction = ""] = number.split(".");
  return BigInt(whole + fraction.padEnd(SCALE, "0"));
}

/**
 * The response, or null if it is not a number that can be compared and shown: the question may have
 * had another type.
 */
const validNumber = (response: string) =>
  /^-?\d{1,20}(\.\d{1,20})?$/.test(response) ? response : null;

const typed = (form: HTMLFormElement, question: Numeric, say: Say) =>
  parse(field.of(form).value, say.language(), question.answer.unit);

/** Whether the range has whole ends; then the example of a number is whole, too. */
const isWhole = ({ answer: { from, to } }: Numeric) => !`${from}${to}`.includes(".");

export const numeric: Behaviour<Numeric> = {
  ...field,
  read: (form, question, say) => typed(form, question, say) ?? "",
  restore(form, response, question, say) {
    const number = validNumber(response);
    field.of(form).value = number === null ? "" : format(number, say.language());
  },
  problem(form, question, say) {
    const number = typed(form, question, say);
    const most = question.answer.digits;
    if (number === null)
      return field.problem(form, say("enter_number", { n: isWhole(question) ? 12 : 12.5 }));
    return number.replace(/\D/g, "").length > most
      ? field.problem(form, say("too_many_digits", { n: most }))
      : null;
  },
  credit({ answer: { from, to } }, response) {
    const number = validNumber(response);
    if (number === null) return 0;
    const above = !from || scaled(number) >= scaled(from);
    return above && (!to || scaled(number) <= scaled(to)) ? FULL : 0;
  },
  marks: (question, response, say) => [
    field.mark(
      numeric.credit(question, response) === FULL,
      numeric.describe(question, response, say),
    ),
  ],
  reported: (question, response) => [{ part: "", response }],
  describe(question, response, say) {
    const number = validNumber(response);
    return number === null ? "" : withUnit(number, question, say);
  },
  /** The right answer, unless it is a single number that was given. */
  feedback(question, response, say, revealed) {
    if (!revealed) return [];
    const { from, to } = question.answer;
    if (from && from === to) {
      if (numeric.credit(question, response) === FULL) return [];
      return [paragraph(say("accepted", { answer: withUnit(from, question, say) }))];
    }
    const key = from && to ? "accepted_range" : from ? "accepted_from" : "accepted_to";
    return [
      paragraph(
        say(key, {
          from:
            from === null ? "" : to ? format(from, say.language()) : withUnit(from, question, say),
          to: to === null ? "" : withUnit(to, question, say),
        }),
      ),
    ];
  },
};

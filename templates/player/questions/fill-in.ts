// Fill-in: a text field. A response is what was typed.

import { STRING_LIMIT } from "../lms/limits.ts";
import { reportText } from "../lms/report-text.ts";
import { FULL } from "../state/scoring.ts";
import { roomOf } from "../state/letters.ts";
import { field, paragraph } from "./field.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

type FillIn = Question<{ accepted: string[]; forgive: string[]; room: number }>;

const SPACE = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const SPACES = new RegExp(SPACE, "g");
const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");
const VARIANTS = "\\ufe00-\\ufe0f";
const INVISIBLE = new RegExp(
  `[\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069${VARIANTS}\\ufeff]`,
  "g",
);
const LATIN = "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\ufe20-\\ufe2f";
const HEBREW = "\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7";
const ARABIC = "\\u064b-\\u065f\\u0670";
const ACCENTS = new RegExp(`[${LATIN}${HEBREW}${ARABIC}]`, "g");

/**
 * Normalises a text for comparison, in the same way as builder/course/questions/fill_in.py, which
 * describes it.
 */
export function forgiven(text: string, forgive: string[]) {
  let normalised = text
    .replace(INVISIBLE, "")
    .normalize("NFC")
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐‑‒–—−]/g, "-");
  if (forgive.includes("case")) normalised = normalised.toLowerCase().toUpperCase();
  if (forgive.includes("accents")) normalised = normalised.normalize("NFD").replace(ACCENTS, "");
  return normalised.replace(forgive.includes("spaces") ? SPACES : ENDS, "").normalize("NFC");
}

const typed = (form: HTMLFormElement) => field.of(form).value.replace(ENDS, "");

function matches({ answer: { accepted, forgive } }: FillIn, response: string) {
  const normalised = forgiven(response, forgive);
  return accepted.filter((answer) => forgiven(answer, forgive) === normalised);
}

export const fillIn: Behaviour<FillIn> = {
  ...field,
  read: typed,
  restore(form, response) {
    field.of(form).value = response;
  },
  problem(form, { answer: { room } }, say) {
    const text = typed(form);
    if (!forgiven(text, [])) return field.problem(form, say("enter_answer"));
    const over = Math.max(roomOf(text) - room, text.length - STRING_LIMIT);
    return over > 0 ? field.problem(form, say("too_long", { n: over })) : null;
  },
  credit: (question, response) => (matches(question, response).length ? FULL : 0),
  // Without braces, which some LMSs refuse (facts/scorm-1.2.md#interactions).
  reported: (question, response) => [
    {
      part: "",
      response: reportText(response.replace(/[{}]/g, (brace) => (brace === "{" ? "(" : ")"))).slice(
        0,
        STRING_LIMIT,
      ),
    },
  ],
  marks: (question, response, say) => [
    field.mark(
      fillIn.credit(question, response) === FULL,
      fillIn.describe(question, response, say),
    ),
  ],
  describe: (question, response) => response,
  /** Lists the accepted answers, except the one that was given. */
  feedback(question, response, say, revealed) {
    if (!revealed) return [];
    const matched = matches(question, response);
    const others = question.answer.accepted.filter((answer) => !matched.includes(answer));
    if (!others.length) return [];
    return [
      paragraph(say(matched.length ? "also_accepted" : "accepted", { answer: others.join("; ") })),
    ];
  },
};

// Fill-in: a text field. A response is what was typed. In a translation, a line break and the tag
// of the language follow, because it is judged by the answers of the language it was given in.

import { STRING_LIMIT } from "../lms/limits.ts";
import { reportText } from "../lms/report-text.ts";
import { FULL } from "../state/scoring.ts";
import { roomOf } from "../state/letters.ts";
import { RESTORED } from "../page/place.ts";
import { field, paragraph } from "./field.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Say } from "../dom/words.ts";
import type { Question } from "../state/question.ts";
import type { Key } from "../state/state.ts";

interface Answers {
  accepted: string[];
  /** In a course with translations, those of each by its tag; "" for the source language. */
  by?: Record<string, string[]>;
  /** Then the tag of the source language. */
  source?: string;
  forgive: string[];
  room: number;
}
type FillIn = Question<Answers>;

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

/** What was typed, and in which translation; "" for one that the course does not have. */
function parts({ answer: { by } }: FillIn, response: string): [text: string, tag: string] {
  const [text, tag = ""] = response.split("\n");
  return [text, by?.[tag] ? tag : ""];
}

const textOf = (question: FillIn, response: string) => parts(question, response)[0];

// The response in the form of each question, with the language in which it was typed. It keeps that
// when the form is shown in another language. The same text, typed again there, is an answer in the
// other language.
const responses = new Map<Key, string>();

const typed = (form: HTMLFormElement) => field.of(form).value.replace(ENDS, "");

const inLanguage = (text: string, { translation }: Say) =>
  text && translation ? `${text}\n${translation}` : text;

/** The accepted answers in the language of a response. */
function acceptedFor(question: FillIn, response: string) {
  const { accepted, by } = question.answer;
  return by?.[parts(question, response)[1]] ?? accepted;
}

/** Tag of the language of a response; undefined if the page is in that language. */
function languageOf(question: FillIn, response: string, { translation = "" }: Say) {
  const [, tag] = parts(question, response);
  return tag === translation ? undefined : tag || question.answer.source;
}

function matches(question: FillIn, response: string) {
  const { forgive } = question.answer;
  const normalised = forgiven(textOf(question, response), forgive);
  return acceptedFor(question, response).filter(
    (answer) => forgiven(answer, forgive) === normalised,
  );
}

export const fillIn: Behaviour<FillIn> = {
  ...field,
  mount(form, { key }, { say }) {
    if (!say.turning) responses.delete(key);
    form.addEventListener("input", (event: Event) => {
      if ((event as CustomEvent).detail !== RESTORED)
        responses.set(key, inLanguage(typed(form), say));
    });
  },
  clear(form, { key }) {
    field.clear(form);
    responses.delete(key);
  },
  read(form, question, say) {
    const text = typed(form);
    const before = responses.get(question.key) ?? "";
    return text === textOf(question, before) ? before : inLanguage(text, say);
  },
  restore(form, response, question, say) {
    if (!say.turning || !responses.has(question.key)) responses.set(question.key, response);
    field.of(form).value = textOf(question, response);
  },
  problem(form, { answer: { room } }, say) {
    const text = typed(form);
    if (!forgiven(text, [])) return field.problem(form, say("enter_answer"));
    const over = Math.max(roomOf(text) - room, text.length - STRING_LIMIT);
    return over > 0 ? field.problem(form, say("too_long", { n: over })) : null;
  },
  credit: (question, response) => (matches(question, response).length ? FULL : 0),
  // Without braces, which some LMSs refuse (facts/scorm-1.2.md#interactions).
  reported(question, response) {
    const [text, tag] = parts(question, response);
    const plain = text.replace(/[{}]/g, (brace) => (brace === "{" ? "(" : ")"));
    const said = `${tag && `[${tag}] `}${reportText(plain)}`;
    return [{ part: "", response: said.slice(0, STRING_LIMIT) }];
  },
  marks: (question, response, say) => [
    {
      ...field.mark(
        fillIn.credit(question, response) === FULL,
        fillIn.describe(question, response, say),
      ),
      lang: languageOf(question, response, say),
    },
  ],
  describe: textOf,
  /** Lists the accepted answers in the language of the one that was given, except that. */
  feedback(question, response, say, revealed) {
    if (!revealed) return [];
    const matched = matches(question, response);
    const others = acceptedFor(question, response).filter((answer) => !matched.includes(answer));
    if (!others.length) return [];
    const key = matched.length ? "also_accepted" : "accepted";
    const answer = others.join("; ");
    return [paragraph(say(key, { answer }), answer, languageOf(question, response, say))];
  },
};

// Searches the course: folds texts, finds pages, extracts snippets.

import type { Page } from "../state/course.ts";

/** The search index, as the builder writes it. */
export interface SearchIndex {
  pages: { id: string; noted?: boolean; parts: [heading: string, text: string][] }[];
  /** Whether long pages are indexed only in part. */
  cut?: boolean;
  text: Record<string, string>;
}

/** A paragraph with its folded words. `heading` is the id of the heading above it, or "". */
export interface Paragraph {
  heading: string;
  text: string;
  words: string[];
}

/** A page prepared for searching. */
export interface Searched {
  page: Page;
  noted: boolean;
  /** Folded words of its title. */
  title: string[];
  paragraphs: Paragraph[];
}

/** A page that contains every word, and the paragraph to show, if any. */
export interface Hit {
  page: Page;
  paragraph: Paragraph | null;
}

const MARKS = /\p{M}/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
// Arabic joins articles and prepositions to the next word.
const JOINED = /\p{Script=Arabic}/u;
const SAME: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
  ς: "σ",
  ى: "ي",
  ة: "ه",
  ـ: "",
};
const FOLDED_LETTERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");
const SHORTEST = 2;
// Maximum length of a snippet, and of its part before the first word found.
const SNIPPET = 200;
const BEFORE = 60;

/** Folds a text: removes capitals, accents and vowel marks. */
export const fold = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(FOLDED_LETTERS, (letter) => SAME[letter] ?? letter);

/** The folded words of a query, without duplicates; null if it is too short. */
export function queryWords(query: string) {
  const words = [...new Set(split(query))];
  return words.join("").length < SHORTEST ? null : words;
}

const matches = (word: string, wanted: string) =>
  word.startsWith(wanted) || (JOINED.test(wanted) && word.includes(wanted));

/** The wanted words that occur in a list of folded words. */
const present = (words: string[], wanted: string[]) =>
  wanted.filter((wish) => words.some((word) => matches(word, wish)));

/** The positions [from, to] of the wanted words in a folded text, in order. */
const spans = (folded: string, wanted: string[]): [from: number, to: number][] =>
  [...folded.matchAll(WORDS)]
    .filter(([word]) => wanted.some((wish) => matches(word, wish)))
    .map(({ 0: word, index }) => [index, index + word.length]);

const split = (text: string): string[] => fold(text).match(WORDS) ?? [];

/**
 * The paragraphs of a text. A heading is joined with the paragraph below it, because it says little
 * alone.
 */
function paragraphs(heading: string, text: string) {
  const lines = text.split("\n");
  return heading && lines.length > 1 ? [`${lines[0]} – ${lines[1]}`, ...lines.slice(2)] : lines;
}

/** Prepares the pages of the index for searching. `entries` are the pages of the outline by id. */
export const prepare = (pages: SearchIndex["pages"], entries: Map<string, Page>): Searched[] =>
  pages.flatMap(({ id, parts, noted = false }) => {
    const page = entries.get(id);
    if (!page) return [];
    const folded = parts.flatMap(([heading, text]) =>
      paragraphs(heading, text).map((words) => ({ heading, text: words, words: split(words) })),
    );
    return [{ page, noted, title: split(page.title), paragraphs: folded }];
  });

/**
 * The pages that contain every word: first those with most of the words in the title, then those
 * with most in one paragraph, then in course order. `paragraph` is the first one with most words;
 * null if only the title matches or the page starts with a content note.
 */
export function find(pages: Searched[], words: string[]): Hit[] {
  const hits = pages.map(({ page, noted, title, paragraphs }) => {
    const titled = present(title, words);
    const all = new Set(titled);
    let best: { paragraph: Paragraph | null; near: number } = { paragraph: null, near: 0 };
    for (const paragraph of paragraphs) {
      const here = present(paragraph.words, words);
      for (const word of here) all.add(word);
      if (here.length > best.near) best = { paragraph, near: here.length };
    }
    if (noted) best.paragraph = null;
    return { page, ...best, all: all.size, titled: titled.length };
  });
  return hits
    .filter(({ all }) => all === words.length)
    .sort((before, after) => after.titled - before.titled || after.near - before.near);
}

/** Splits a text into runs, marking the words found. */
export function marked(text: string, words: string[]): [run: string, hit: boolean][] {
  // For each character of the folded text, its position in the original.
  const origins: number[] = [];
  let folded = "";
  let at = 0;
  for (const character of text) {
    const plain = fold(character);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(at);
    at += character.length;
  }
  origins.push(text.length);
  const runs: [run: string, hit: boolean][] = [];
  let done = 0;
  for (const [from, to] of spans(folded, words)) {
    runs.push(
      [text.slice(done, origins[from]), false],
      [text.slice(origins[from], origins[to]), true],
    );
    done = origins[to];
  }
  runs.push([text.slice(done), false]);
  return runs.filter(([run]) => run);
}

/** The part of a paragraph around the first word found, in whole words. */
export function snippet(text: string, words: string[]) {
  if (text.length <= SNIPPET) return text;
  // Positions in the folded text hardly differ, and need not be exact here.
  const [first] = spans(fold(text), words)[0] ?? [0];
  const from = first <= BEFORE ? 0 : text.indexOf(" ", first - BEFORE) + 1;
  const to = from + SNIPPET >= text.length ? text.length : text.lastIndexOf(" ", from + SNIPPET);
  const end = to > from ? to : from + SNIPPET;
  return `${from ? "… " : ""}${text.slice(from, end)}${end < text.length ? " …" : ""}`;
}

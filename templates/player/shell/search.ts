// Finding words in the course: how texts are compared, what is found, what of it is shown.

import type { Page } from "../state/course.ts";

/** The search's index, as the builder writes it. */
export interface SearchIndex {
  pages: { id: string; noted?: boolean; parts: [heading: string, text: string][] }[];
  /** Whether only the beginnings of long pages are in it. */
  cut?: boolean;
  text: Record<string, string>;
}

/** A paragraph with its folded words; `heading` is the id of the one above it, or "". */
export interface Paragraph {
  heading: string;
  text: string;
  words: string[];
}

/** A page as it is searched. */
export interface Searched {
  page: Page;
  noted: boolean;
  /** The folded words of its title. */
  title: string[];
  paragraphs: Paragraph[];
}

/** A page that has every word; the paragraph to show of it, if any. */
export interface Hit {
  page: Page;
  paragraph: Paragraph | null;
}

const MARKS = /\p{M}/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
// In Arabic, articles and prepositions are written together with the word that follows.
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
const OTHERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");
const SHORTEST = 2;
// Characters of a snippet, and of what stands in it before the first word found.
const SNIPPET = 200;
const BEFORE = 60;

/** Text as it is compared: without capitals, accents and vowel marks. */
export const fold = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(OTHERS, (letter) => SAME[letter] ?? letter);

/** The words of a query as they are compared, each once; null for one that is too short. */
export function queryWords(query: string) {
  const words = [...new Set(split(query))];
  return words.join("").length < SHORTEST ? null : words;
}

const matches = (word: string, wanted: string) =>
  word.startsWith(wanted) || (JOINED.test(wanted) && word.includes(wanted));

/** Those of the wanted words that a list of folded words has. */
const present = (words: string[], wanted: string[]) =>
  wanted.filter((wish) => words.some((word) => matches(word, wish)));

/** Where in a folded text the wanted words stand: [from, to] of each whole word, in order. */
const spans = (folded: string, wanted: string[]): [from: number, to: number][] =>
  [...folded.matchAll(WORDS)]
    .filter(([word]) => wanted.some((wish) => matches(word, wish)))
    .map(({ 0: word, index }) => [index, index + word.length]);

const split = (text: string): string[] => fold(text).match(WORDS) ?? [];

/** A heading says little by itself: what follows it is shown with it. */
function paragraphs(heading: string, text: string) {
  const lines = text.split("\n");
  return heading && lines.length > 1 ? [`${lines[0]} – ${lines[1]}`, ...lines.slice(2)] : lines;
}

/**
 * The pages to be searched, from the index and the outline's entries by id: each with the folded
 * words of its title and of its paragraphs.
 */
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
 * The pages that have every word, those with most words in their title first, then those with most
 * in one paragraph, then in the order of the course: {page, paragraph}, which is the first of those
 * with most words, or null where only the title has any, or where the page begins with a note on
 * its content.
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

/** A text in runs: [text, whether it is a word that was looked for]. */
export function marked(text: string, words: string[]): [run: string, hit: boolean][] {
  // Where in the text each character of its folded form comes from.
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

/** The part of a paragraph to be shown: in whole words, round the first word found. */
export function snippet(text: string, words: string[]) {
  if (text.length <= SNIPPET) return text;
  // Folding hardly changes lengths, and a snippet need not be exact.
  const [first] = spans(fold(text), words)[0] ?? [0];
  const from = first <= BEFORE ? 0 : text.indexOf(" ", first - BEFORE) + 1;
  const to = from + SNIPPET >= text.length ? text.length : text.lastIndexOf(" ", from + SNIPPET);
  const end = to > from ? to : from + SNIPPET;
  return `${from ? "… " : ""}${text.slice(from, end)}${end < text.length ? " …" : ""}`;
}

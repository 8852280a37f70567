// Reads and writes the entries of a state's sections: checks, quizzes, records.

import {
  COUNT_BITS,
  MOST,
  damaged,
  readKeys,
  writeKeys,
  type BitReader,
  type BitWriter,
} from "./bits.ts";
import { dayNumber, dayOf } from "./days.ts";
import { letters, text as textOf } from "./letters.ts";
import {
  ATTEMPTS_LIMIT,
  BEST_LIMIT,
  TRIES_LIMIT,
  type Check,
  type Key,
  type Quiz,
  type RecordEntry,
} from "./state.ts";
import type { Hundredths } from "./scoring.ts";

const SCORE_BITS = 14;
const NO_SCORE = 2 ** SCORE_BITS - 1;
const DATE_BITS = 22;
const ATTEMPTS_BITS = 10;
const LETTER_BITS = 6;
/** Number of the field with the language, as a character "L". */
const LANGUAGE = 11;
const SYMBOLS = "abcdefghijklmnopqrstuvwxyz0123456789";
const EMPTY = 36;
const FEW = 37;
const MANY = 63;
const FEWEST = 2;
const MOST_FEW = MANY - FEW + 1;

/** Returns a function that writes the keys of a section and then each entry with `write`. */
export const writeMap =
  <Entry>(
    write: (bits: BitWriter, entry: Entry) => void,
  ): ((bits: BitWriter, entries: Map<Key, Entry>) => void) =>
  (bits, entries) => {
    for (const key of writeKeys(bits, entries.keys())) {
      write(bits, entries.get(key) as Entry);
    }
  };

export const readMap =
  <Entry>(read: (bits: BitReader) => Entry): ((bits: BitReader) => Map<Key, Entry>) =>
  (bits) =>
    new Map(readKeys(bits).map((key) => [key, read(bits)]));

export const readSet = (bits: BitReader) => new Set(readKeys(bits));

export const writeScore = (bits: BitWriter, score: Hundredths | null) =>
  bits.write(score ?? NO_SCORE, SCORE_BITS);

export function readScore(bits: BitReader): Hundredths | null {
  const score = bits.read(SCORE_BITS);
  if (score === NO_SCORE) return null;
  return score > BEST_LIMIT ? damaged() : score;
}

export const writeFlag = (bits: BitWriter, yes: boolean) => bits.write(yes ? 1 : 0, 1);

export const readFlag = (bits: BitReader) => bits.read(1) === 1;

export function writeCheck(bits: BitWriter, { tries, first, response }: Check) {
  bits.write(Math.min(tries, TRIES_LIMIT), 3);
  writeFlag(bits, first);
  writeAnswer(bits, response);
}

export const readCheck = (bits: BitReader): Check => ({
  tries: bits.read(3),
  first: readFlag(bits),
  response: readAnswer(bits),
});

function writeAnswer(bits: BitWriter, response: string) {
  const symbol = response.length === 1 ? SYMBOLS.indexOf(response) : -1;
  if (symbol >= 0) return bits.write(symbol, LETTER_BITS);
  const units = letters(response);
  const { length } = units;
  const few = length >= FEWEST && length <= MOST_FEW;
  bits.write(length ? (few ? FEW + length - FEWEST : MANY) : EMPTY, LETTER_BITS);
  if (length && !few) writeCount(bits, length);
  for (const unit of units) bits.write(unit, LETTER_BITS);
}

function readAnswer(bits: BitReader) {
  const tag = bits.read(LETTER_BITS);
  if (tag < EMPTY) return SYMBOLS[tag];
  if (tag === EMPTY) return "";
  return readText(bits, tag === MANY ? bits.read(COUNT_BITS) : tag - FEW + FEWEST);
}

const writeCount = (bits: BitWriter, count: number) =>
  bits.write(count > MOST ? damaged() : count, COUNT_BITS);

const readText = (bits: BitReader, size = bits.read(COUNT_BITS)) =>
  textOf(Array.from({ length: size }, () => bits.read(LETTER_BITS)));

export function writeQuiz(bits: BitWriter, { attempts, best, open, answers }: Quiz) {
  bits.write(Math.min(attempts, ATTEMPTS_LIMIT), ATTEMPTS_BITS);
  writeScore(bits, best);
  writeFlag(bits, open);
  writeMap(writeAnswer)(bits, answers);
}

export const readQuiz = (bits: BitReader): Quiz => ({
  attempts: bits.read(ATTEMPTS_BITS),
  best: readScore(bits),
  open: readFlag(bits),
  answers: readMap(readAnswer)(bits),
});

export const writeDay = (bits: BitWriter, day: string | null) =>
  bits.write(dayNumber(day as string), DATE_BITS);

export const readDay = (bits: BitReader) => dayOf(bits.read(DATE_BITS));

export function writeRecord(bits: BitWriter, { date, text }: RecordEntry) {
  bits.write(date ? dayNumber(date) : 0, DATE_BITS);
  writeText(bits, text);
}

function writeText(bits: BitWriter, text: string) {
  const units = letters(text);
  writeCount(bits, units.length);
  for (const unit of units) bits.write(unit, LETTER_BITS);
}

export function readRecord(bits: BitReader): RecordEntry {
  const day = bits.read(DATE_BITS);
  return { date: day ? dayOf(day) : "", text: readText(bits) };
}

export function writeLanguage(bits: BitWriter, tag: string) {
  bits.write(LANGUAGE, LETTER_BITS);
  writeText(bits, tag);
}

/** Reads the field with the language. Skips fields that a newer player has written. */
export function readLanguage(bits: BitReader) {
  let language = "";
  while (bits.more()) {
    const field = bits.read(LETTER_BITS);
    const text = readText(bits);
    if (field === LANGUAGE) language = text;
  }
  return language;
}

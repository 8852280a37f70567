// How the entries of a state's sections are written and read: checks, quizzes, records.

import { COUNT_BITS, MOST, damaged, readKeys, writeKeys } from "./bits.js";
import { dayNumber, dayOf } from "./days.js";
import { letters, text as textOf } from "./letters.js";
import { ATTEMPTS_LIMIT, BEST_LIMIT, TRIES_LIMIT } from "./state.js";

/** @import {BitReader, BitWriter, Check, Hundredths, Key, Quiz, RecordEntry} from "../types" */

const SCORE_BITS = 14;
const NO_SCORE = 2 ** SCORE_BITS - 1;
const DATE_BITS = 22;
const ATTEMPTS_BITS = 10;
const LETTER_BITS = 6;
const SYMBOLS = "abcdefghijklmnopqrstuvwxyz0123456789";
const EMPTY = 36;
const FEW = 37;
const MANY = 63;
const FEWEST = 2;
const MOST_FEW = MANY - FEW + 1;

/**
 * Writes the keys of a section, and `write` the entry of each.
 *
 * @template Entry
 * @param {(bits: BitWriter, entry: Entry) => void} write
 * @returns {(bits: BitWriter, entries: Map<Key, Entry>) => void}
 */
export const writeMap = (write) => (bits, entries) => {
  for (const key of writeKeys(bits, entries.keys())) {
    write(bits, /** @type {Entry} */ (entries.get(key)));
  }
};

/**
 * @template Entry
 * @param {(bits: BitReader) => Entry} read
 * @returns {(bits: BitReader) => Map<Key, Entry>}
 */
export const readMap = (read) => (bits) => new Map(readKeys(bits).map((key) => [key, read(bits)]));

/** @param {BitReader} bits */
export const readSet = (bits) => new Set(readKeys(bits));

/**
 * @param {BitWriter} bits
 * @param {Hundredths | null} score
 */
export const writeScore = (bits, score) => bits.write(score ?? NO_SCORE, SCORE_BITS);

/**
 * @param {BitReader} bits
 * @returns {Hundredths | null}
 */
export function readScore(bits) {
  const score = bits.read(SCORE_BITS);
  if (score === NO_SCORE) return null;
  return score > BEST_LIMIT ? damaged("score") : score;
}

/**
 * @param {BitWriter} bits
 * @param {boolean} yes
 */
export const writeFlag = (bits, yes) => bits.write(yes ? 1 : 0, 1);

/** @param {BitReader} bits */
export const readFlag = (bits) => bits.read(1) === 1;

/**
 * @param {BitWriter} bits
 * @param {Check} check
 */
export function writeCheck(bits, { tries, first, response }) {
  bits.write(Math.min(tries, TRIES_LIMIT), 3);
  writeFlag(bits, first);
  writeAnswer(bits, response);
}

/**
 * @param {BitReader} bits
 * @returns {Check}
 */
export const readCheck = (bits) => ({
  tries: bits.read(3),
  first: readFlag(bits),
  response: readAnswer(bits),
});

/**
 * @param {BitWriter} bits
 * @param {string} response
 */
function writeAnswer(bits, response) {
  const symbol = response.length === 1 ? SYMBOLS.indexOf(response) : -1;
  if (symbol >= 0) return bits.write(symbol, LETTER_BITS);
  const units = letters(response);
  const { length } = units;
  const few = length >= FEWEST && length <= MOST_FEW;
  bits.write(length ? (few ? FEW + length - FEWEST : MANY) : EMPTY, LETTER_BITS);
  if (length && !few) writeCount(bits, length);
  for (const unit of units) bits.write(unit, LETTER_BITS);
}

/** @param {BitReader} bits */
function readAnswer(bits) {
  const tag = bits.read(LETTER_BITS);
  if (tag < EMPTY) return SYMBOLS[tag];
  if (tag === EMPTY) return "";
  return readText(bits, tag === MANY ? bits.read(COUNT_BITS) : tag - FEW + FEWEST);
}

/**
 * @param {BitWriter} bits
 * @param {number} count
 */
const writeCount = (bits, count) => bits.write(count > MOST ? damaged("count") : count, COUNT_BITS);

/**
 * @param {BitReader} bits
 * @param {number} size
 */
const readText = (bits, size) => textOf(Array.from({ length: size }, () => bits.read(LETTER_BITS)));

/**
 * @param {BitWriter} bits
 * @param {Quiz} quiz
 */
export function writeQuiz(bits, { attempts, best, open, answers }) {
  bits.write(Math.min(attempts, ATTEMPTS_LIMIT), ATTEMPTS_BITS);
  writeScore(bits, best);
  writeFlag(bits, open);
  writeMap(writeAnswer)(bits, answers);
}

/**
 * @param {BitReader} bits
 * @returns {Quiz}
 */
export const readQuiz = (bits) => ({
  attempts: bits.read(ATTEMPTS_BITS),
  best: readScore(bits),
  open: readFlag(bits),
  answers: readMap(readAnswer)(bits),
});

/**
 * @param {BitWriter} bits
 * @param {string | null} day
 */
export const writeDay = (bits, day) =>
  bits.write(dayNumber(/** @type {string} */ (day)), DATE_BITS);

/** @param {BitReader} bits */
export const readDay = (bits) => dayOf(bits.read(DATE_BITS));

/**
 * @param {BitWriter} bits
 * @param {RecordEntry} entry
 */
export function writeRecord(bits, { date, text }) {
  bits.write(date ? dayNumber(date) : 0, DATE_BITS);
  const units = letters(text);
  writeCount(bits, units.length);
  for (const unit of units) bits.write(unit, LETTER_BITS);
}

/**
 * @param {BitReader} bits
 * @returns {RecordEntry}
 */
export function readRecord(bits) {
  const day = bits.read(DATE_BITS);
  return { date: day ? dayOf(day) : "", text: readText(bits, bits.read(COUNT_BITS)) };
}

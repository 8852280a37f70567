// The codec of cmi.suspend_data, version 1. builder/state/ is the other one; docs/state.md specifies
// the format, and tests/player/vectors/state.json holds for both.

import {
  ALPHABET,
  CHECK_SIZE,
  COUNT_BITS,
  MOST,
  bitReader,
  bitWriter,
  checksum,
  damaged,
  readKeys,
  writeKeys,
} from "./bits.js";
import { letters, text as textOf } from "./letters.js";

const VERSION = "1";
const STATUSES = ["incomplete", "failed", "completed", "passed"];
export const TRIES_LIMIT = 7;
export const ATTEMPTS_LIMIT = 1023;
const SAVES_BITS = 20;
const INTERACTIONS_BITS = 10;
export const BEST_LIMIT = 10000;

const ATTEMPT_SIZE = 8;
const KEY_SIZE = 4;
const EDITION_SIZE = 2;
const HEAD_SIZE = ATTEMPT_SIZE + 8 + KEY_SIZE + EDITION_SIZE;
const NO_BOOKMARK = "AAAA";
const NO_EDITION = "AA";
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
const DAY = 86400000;
// Days since the first of January of the year 1, which is day 1.
const EPOCH = 719163;

/** A state of nothing done. `attempt` is 8 base64url characters. */
export const emptyState = (attempt) => ({
  attempt,
  saves: 0,
  status: "incomplete",
  score: null,
  reported: false,
  interactions: 0,
  bookmark: "",
  edition: "",
  visited: new Set(),
  checks: new Map(),
  quizzes: new Map(),
  records: new Map(),
  late: new Set(),
  lost: [],
});

/** Forget what was visited and practised; results and the record are not for the player to undo. */
export function startAgain(state) {
  state.visited.clear();
  state.checks.clear();
}

/** A random attempt id. */
export function newAttempt() {
  const bytes = new Uint8Array(ATTEMPT_SIZE);
  crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => ALPHABET[byte % 64]).join("");
}

/** How many letters of the state a text takes: what counts towards a limit. */
export const roomOf = (text) => letters(text).length;

// The sections in their order: field of the state, how it is written, how it is read.
const SECTIONS = [
  ["visited", writeKeys, readSet],
  ["checks", writeMap(writeCheck), readMap(readCheck)],
  ["quizzes", writeMap(writeQuiz), readMap(readQuiz)],
  ["records", writeMap(writeRecord), readMap(readRecord)],
  ["late", writeKeys, readSet],
];
// Mostly empty, and not written then.
const LATE = SECTIONS.length - 1;

function readSet(bits) {
  return new Set(readKeys(bits));
}

function writeMap(write) {
  return (bits, map) => {
    for (const key of writeKeys(bits, map.keys())) write(bits, map.get(key));
  };
}

function readMap(read) {
  return (bits) => new Map(readKeys(bits).map((key) => [key, read(bits)]));
}

/** The text of a state; throws for more than the format can count, which no LMS keeps. */
export function encode(state) {
  const head = writeHead(state);
  return VERSION + head + checksum(head) + SECTIONS.map(sealed).join("");

  function sealed([field, write], index) {
    const bits = bitWriter();
    if (state[field].size) write(bits, state[field]);
    const payload = bits.text();
    if (!payload && index === LATE) return "";
    if (payload.length > MOST) damaged("size");
    const size = ALPHABET[payload.length >> 6] + ALPHABET[payload.length & 63];
    return size + payload + checksum(ALPHABET[index] + size + payload);
  }
}

function writeHead({ attempt, saves, status, score, reported, interactions, bookmark, edition }) {
  const bits = bitWriter();
  const most = (number, width) => bits.write(Math.min(number, 2 ** width - 1), width);
  most(saves, SAVES_BITS);
  bits.write(STATUSES.indexOf(status), 2);
  bits.write(score ?? NO_SCORE, SCORE_BITS);
  bits.write(reported ? 1 : 0, 1);
  most(interactions, INTERACTIONS_BITS);
  bits.write(bookmark ? 1 : 0, 1);
  return attempt + bits.text() + (bookmark || NO_BOOKMARK) + (edition || NO_EDITION);
}

function writeCheck(bits, { tries, first, response }) {
  bits.write(Math.min(tries, TRIES_LIMIT), 3);
  bits.write(first ? 1 : 0, 1);
  writeAnswer(bits, response);
}

function writeAnswer(bits, response) {
  const symbol = response.length === 1 ? SYMBOLS.indexOf(response) : -1;
  if (symbol >= 0) return bits.write(symbol, LETTER_BITS);
  const units = letters(response);
  const { length } = units;
  const few = length >= FEWEST && length <= MOST_FEW;
  bits.write(length ? (few ? FEW + length - FEWEST : MANY) : EMPTY, LETTER_BITS);
  if (length && !few) bits.write(counted(length), COUNT_BITS);
  for (const unit of units) bits.write(unit, LETTER_BITS);
}

const counted = (number) => (number > MOST ? damaged("count") : number);

function writeQuiz(bits, { attempts, best, open, answers }) {
  bits.write(Math.min(attempts, ATTEMPTS_LIMIT), ATTEMPTS_BITS);
  bits.write(best ?? NO_SCORE, SCORE_BITS);
  bits.write(open ? 1 : 0, 1);
  writeMap(writeAnswer)(bits, answers);
}

function writeRecord(bits, { date, text }) {
  bits.write(date ? Date.parse(date) / DAY + EPOCH : 0, DATE_BITS);
  const units = letters(text);
  bits.write(counted(units.length), COUNT_BITS);
  for (const unit of units) bits.write(unit, LETTER_BITS);
}

/**
 * The text of a state within `limit` characters; null where even the least that matters is too long.
 * Which answers the LMS is still to be told of goes first, then what `known(section, key)` denies
 * (keys of pages and questions that the course no longer has; "answers" are those of quizzes). An author who lowers a limit or asks less may leave
 * more behind than the course can need: then what finished attempts were answered goes, then what
 * was answered in practice; scores, tries and the record stay.
 */
export function encodeWithin(state, limit, known) {
  let kept = state;
  for (const less of [(whole) => whole, withoutLate, onlyKnown, withoutReview, withoutPractised]) {
    kept = less(kept, known);
    const text = fitting(kept, limit);
    if (text) return text;
  }
  return null;
}

function fitting(state, limit) {
  try {
    const text = encode(state);
    return text.length <= limit ? text : null;
  } catch {
    return null;
  }
}

const withoutLate = (state) => ({ ...state, late: new Set() });

function onlyKnown(state, known) {
  const only = (section, map) => new Map([...map].filter(([key]) => known(section, key)));
  const kept = {
    ...state,
    visited: new Set([...state.visited].filter((key) => known("visited", key))),
  };
  for (const section of ["checks", "quizzes", "records"])
    kept[section] = only(section, state[section]);
  for (const [key, quiz] of kept.quizzes) {
    kept.quizzes.set(key, { ...quiz, answers: only("answers", quiz.answers) });
  }
  return kept;
}

const each = (map, change) =>
  new Map([...map].map(([key, value]) => [key, { ...value, ...change(value) }]));

const withoutReview = (state) => ({
  ...state,
  quizzes: each(state.quizzes, ({ open, answers }) => ({ answers: open ? answers : new Map() })),
});

const withoutPractised = (state) => ({
  ...state,
  checks: each(state.checks, () => ({ response: "" })),
});

/**
 * The state that a text says, null where not even its head can be read. Whole sections before the
 * first damage are kept; `lost` names the fields of the others.
 */
export function decode(text) {
  try {
    return readSections(text, readHead(text));
  } catch {
    return null;
  }
}

function readHead(text) {
  const start = VERSION.length;
  const head = text.slice(start, start + HEAD_SIZE);
  const check = text.slice(start + HEAD_SIZE, start + HEAD_SIZE + CHECK_SIZE);
  if (!text.startsWith(VERSION) || head.length < HEAD_SIZE || check !== checksum(head))
    damaged("head");
  const bits = bitReader(head.slice(ATTEMPT_SIZE, -KEY_SIZE - EDITION_SIZE));
  const saves = bits.read(SAVES_BITS);
  const status = STATUSES[bits.read(2)];
  const score = readScore(bits);
  const reported = bits.read(1) === 1;
  const interactions = bits.read(INTERACTIONS_BITS);
  const bookmark = bits.read(1) ? head.slice(-KEY_SIZE - EDITION_SIZE, -EDITION_SIZE) : "";
  const last = head.slice(-EDITION_SIZE);
  const edition = last === NO_EDITION ? "" : last;
  return {
    ...emptyState(head.slice(0, ATTEMPT_SIZE)),
    saves,
    status,
    score,
    reported,
    interactions,
    bookmark,
    edition,
  };
}

function readSections(text, state) {
  let at = VERSION.length + HEAD_SIZE + CHECK_SIZE;
  SECTIONS.every(([field, , read], index) => {
    if (index === LATE && at === text.length) return true;
    try {
      const start = at + COUNT_BITS / 6;
      const size = text.slice(at, start);
      const end = start + bitReader(size).read(COUNT_BITS);
      const payload = text.slice(start, end);
      at = end + CHECK_SIZE;
      if (text.slice(end, at) !== checksum(ALPHABET[index] + size + payload)) damaged("section");
      if (payload) state[field] = whole(payload, read);
      return true;
    } catch {
      state.lost = SECTIONS.slice(index).map(([name]) => name);
      return false;
    }
  });
  return state;
}

function whole(payload, read) {
  const bits = bitReader(payload);
  const value = read(bits);
  bits.end();
  return value;
}

function readScore(bits) {
  const score = bits.read(SCORE_BITS);
  if (score === NO_SCORE) return null;
  return score > BEST_LIMIT ? damaged("score") : score;
}

function readCheck(bits) {
  return { tries: bits.read(3), first: bits.read(1) === 1, response: readAnswer(bits) };
}

function readAnswer(bits) {
  const tag = bits.read(LETTER_BITS);
  if (tag < EMPTY) return SYMBOLS[tag];
  if (tag === EMPTY) return "";
  return readText(bits, tag === MANY ? bits.read(COUNT_BITS) : tag - FEW + FEWEST);
}

const readText = (bits, size) => textOf(Array.from({ length: size }, () => bits.read(LETTER_BITS)));

function readQuiz(bits) {
  return {
    attempts: bits.read(ATTEMPTS_BITS),
    best: readScore(bits),
    open: bits.read(1) === 1,
    answers: readMap(readAnswer)(bits),
  };
}

function readRecord(bits) {
  const day = bits.read(DATE_BITS);
  const date = day ? dateOf(day) : "";
  return { date, text: readText(bits, bits.read(COUNT_BITS)) };
}

function dateOf(day) {
  const date = new Date((day - EPOCH) * DAY);
  return date.getUTCFullYear() > 9999 ? damaged("day") : date.toISOString().slice(0, 10);
}

/** The day as YYYY-MM-DD, or "" where the calendar has no such day. Years 1–9999. */
export function isoDate(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real =
    year >= 1 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : "";
}

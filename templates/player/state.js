// The codec of cmi.suspend_data, version 1. builder/state.py is the other one and describes the
// format; tests/player/vectors/state.json holds for both.

const VERSION = "1";
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const STATUSES = { i: "incomplete", c: "completed", p: "passed", f: "failed" };
const LETTERS = { incomplete: "i", completed: "c", passed: "p", failed: "f" };
export const TRIES_LIMIT = 63;
export const ATTEMPTS_LIMIT = 36 ** 3 - 1;
const SAVES_LIMIT = 36 ** 7 - 1;
export const BEST_LIMIT = 10000;

const KEY = "[A-Za-z0-9_-]{4}";
const whole = (pattern) => new RegExp(`^(?:${pattern})$`);
const HEAD = whole(`([A-Za-z0-9_-]{8})\\.([0-9a-z]{1,7})\\.([icpf])\\.((?:${KEY})?)`);
const TEXT = "(?:[A-Za-z0-9_+*-]|%[0-9A-F]{2})*";
const CHECK = `(${KEY})([A-Za-z0-9_-])([rw])(${TEXT})\\.`;
const ANSWER = `(${KEY})(${TEXT})\\.`;
const QUIZ = whole(`(${KEY}),([0-9a-z]{1,3}),([0-9a-z]{0,3}),([01]),((?:${KEY}${TEXT}\\.)*)`);
const RECORD = whole(`(${KEY}),((?:[0-9]{8})?),(${TEXT})`);

/** A state of nothing done. `attempt` is 8 base64url characters; maps and sets keep their order. */
export const emptyState = (attempt) => ({
  attempt,
  saves: 0,
  status: "incomplete",
  bookmark: "",
  visited: new Set(),
  checks: new Map(),
  quizzes: new Map(),
  records: new Map(),
});

/** Forget what was visited and practised; results and the record are not for the player to undo. */
export function startAgain(state) {
  state.visited.clear();
  state.checks.clear();
}

/** A random attempt id. */
export function newAttempt() {
  const bytes = new Uint8Array(8);
  crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => DIGITS[byte % 64]).join("");
}

/** Free text as it stands in the state; its length is what counts towards a limit. */
export const encodeText = (text) => Array.from(text, encodeCharacter).join("");

function encodeCharacter(character) {
  if (/[A-Za-z0-9_-]/.test(character)) return character;
  if (character === " ") return "+";
  if (character === "\n") return "*";
  // A half of a surrogate pair has no UTF-8; as in Python it becomes a question mark.
  if (/^[\ud800-\udfff]$/.test(character)) return "%3F";
  const encoded = encodeURIComponent(character);
  return encoded.startsWith("%")
    ? encoded
    : `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The text that `encodeText` made this of; throws where it is no text. */
export const decodeText = (text) => decodeURIComponent(text.replace(/\+/g, " ").replace(/\*/g, "\n"));

/** The text of a state. */
export function encode(state) {
  const join = (map, separator, write) => Array.from(map, ([key, value]) => write(key, value)).join(separator);
  const text = [
    VERSION,
    `${state.attempt}.${Math.min(state.saves, SAVES_LIMIT).toString(36)}.${LETTERS[state.status]}.${state.bookmark}`,
    [...state.visited].join(""),
    join(state.checks, "", (key, { tries, first, response }) =>
      `${key}${DIGITS[Math.min(tries, TRIES_LIMIT)]}${first ? "r" : "w"}${response}.`),
    join(state.quizzes, ";", (key, { attempts, best, open, answers }) =>
      [key, attempts.toString(36), best === null ? "" : best.toString(36), open ? 1 : 0,
        join(answers, "", (question, response) => `${question}${response}.`)].join(",")),
    join(state.records, ";", (key, { date, text: answer }) =>
      [key, date.replace(/-/g, ""), encodeText(answer)].join(",")),
  ].join("!");
  return `${text}!${checksum(text)}`;
}

/**
 * The text of a state within `limit` characters. What `known(section, key)` denies (keys of pages
 * and questions that the course no longer has; "answers" are those of quizzes) goes first; null
 * where even that is too long.
 */
export function encodeWithin(state, limit, known) {
  const text = encode(state);
  if (text.length <= limit) return text;
  const only = (section, map) => new Map([...map].filter(([key]) => known(section, key)));
  const kept = { ...state, visited: new Set([...state.visited].filter((key) => known("visited", key))) };
  for (const section of ["checks", "quizzes", "records"]) kept[section] = only(section, state[section]);
  for (const [key, quiz] of kept.quizzes) {
    kept.quizzes.set(key, { ...quiz, answers: only("answers", quiz.answers) });
  }
  const shorter = encode(kept);
  return shorter.length <= limit ? shorter : null;
}

/** The state a text says, or null where it is not a whole state of this version. */
export function decode(text) {
  try {
    return read(text);
  } catch {
    return null;
  }
}

function read(text) {
  const end = text.lastIndexOf("!");
  const body = text.slice(0, end);
  if (end < 0 || !/^[\x21-\x7e]*$/.test(text) || text.slice(end + 1) !== checksum(body)) return null;
  const sections = body.split("!");
  if (sections.length !== 6 || sections[0] !== VERSION) return null;
  const [, attempt, saves, status, bookmark] = sections[1].match(HEAD);
  const visited = new Set(repeated(KEY, sections[2]).map(([key]) => key));
  return {
    attempt,
    saves: parseInt(saves, 36),
    status: STATUSES[status],
    bookmark,
    visited,
    checks: new Map(repeated(CHECK, sections[3]).map(([, key, tries, first, response]) =>
      [key, { tries: DIGITS.indexOf(tries), first: first === "r", response }])),
    quizzes: new Map(listed(QUIZ, sections[4]).map(readQuiz)),
    records: new Map(listed(RECORD, sections[5]).map(([, key, day, answer]) =>
      [key, { date: readDate(day), text: decodeText(answer) }])),
  };
}

function readQuiz([, key, attempts, best, open, answers]) {
  const hundredths = best === "" ? null : parseInt(best, 36);
  if (hundredths > BEST_LIMIT) throw RangeError("best");
  const given = new Map(repeated(ANSWER, answers).map(([, question, response]) => [question, response]));
  return [key, { attempts: parseInt(attempts, 36), best: hundredths, open: open === "1", answers: given }];
}

/** Every match of a pattern that fills the text from end to end. */
function repeated(pattern, text) {
  if (!whole(`(?:${pattern})*`).test(text)) throw RangeError("section");
  return [...text.matchAll(new RegExp(pattern, "g"))];
}

function listed(pattern, text) {
  return (text ? text.split(";") : []).map((entry) => {
    const found = entry.match(pattern);
    if (!found) throw RangeError("entry");
    return found;
  });
}

function readDate(day) {
  if (!day) return "";
  const date = isoDate(Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6)));
  if (!date) throw RangeError("date");
  return date;
}

/** The day as YYYY-MM-DD, or "" where the calendar has no such day. Years 1–9999. */
export function isoDate(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real = year >= 1 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : "";
}

/** CRC-32 as in zlib, 8 hexadecimal digits. */
function checksum(text) {
  let crc = -1;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ((crc ^ -1) >>> 0).toString(16).padStart(8, "0");
}

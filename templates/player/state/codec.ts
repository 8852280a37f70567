// The codec of cmi.suspend_data, version 1. builder/course/state/ is the Python counterpart;
// docs/state.md specifies the format, and tests/player/vectors/state.json tests both.

import {
  ALPHABET,
  CHECK_SIZE,
  COUNT_BITS,
  MOST,
  bitReader,
  bitWriter,
  checksum,
  damaged,
  writeKeys,
  type BitReader,
  type BitWriter,
} from "./bits.ts";
import {
  readCheck,
  readDay,
  readFlag,
  readLanguage,
  readMap,
  readQuiz,
  readRecord,
  readScore,
  readSet,
  writeCheck,
  writeDay,
  writeFlag,
  writeLanguage,
  writeMap,
  writeQuiz,
  writeRecord,
  writeScore,
} from "./entries.ts";
import {
  ATTEMPT_SIZE,
  emptyState,
  type Section,
  type Sections,
  type State,
  type Status,
} from "./state.ts";

/** How the entries of a section are written and read. */
type SectionCodec<Entries> = [
  write: (bits: BitWriter, entries: Entries) => void,
  read: (bits: BitReader) => Entries,
];

const VERSION = "1";
const STATUSES: Status[] = ["incomplete", "failed", "completed", "passed"];
const SAVES_BITS = 20;
const INTERACTIONS_BITS = 10;

const KEY_SIZE = 4;
const EDITION_SIZE = 2;
const HEAD_SIZE = ATTEMPT_SIZE + 8 + KEY_SIZE + EDITION_SIZE;
const NO_BOOKMARK = "AAAA";
const NO_EDITION = "AA";

// In the order of the format.
const SECTIONS: { [Name in Section]: SectionCodec<Sections[Name]> } = {
  visited: [writeKeys, readSet],
  checks: [writeMap(writeCheck), readMap(readCheck)],
  quizzes: [writeMap(writeQuiz), readMap(readQuiz)],
  records: [writeMap(writeRecord), readMap(readRecord)],
  late: [writeKeys, readSet],
  finished: [writeDay, readDay],
  language: [writeLanguage, readLanguage],
};
const NAMES = Object.keys(SECTIONS) as Section[];
// From here on, sections may be omitted.
const LATE = NAMES.indexOf("late");

/**
 * Encodes a state. Throws if a number or a section exceeds the format, which no LMS could store.
 */
export function encode(state: State) {
  const head = writeHead(state);
  // Only the last sections can be omitted.
  const last = state.language
    ? NAMES.length
    : state.finished !== null
      ? LATE + 2
      : LATE + Number(state.late.size > 0);
  const sections = NAMES.slice(0, last).map((name, index) => writeSection(state, name, index));
  return VERSION + head + checksum(head) + sections.join("");
}

function writeSection<Name extends Section>(state: Sections, name: Name, index: number) {
  const bits = bitWriter();
  const entries = state[name];
  const { size: count = entries } = (entries ?? "") as { size?: unknown };
  if (count) SECTIONS[name][0](bits, entries);
  const payload = bits.text();
  if (payload.length > MOST) damaged();
  const size = ALPHABET[payload.length >> 6] + ALPHABET[payload.length & 63];
  return size + payload + checksum(ALPHABET[index] + size + payload);
}

function writeHead({
  attempt,
  saves,
  status,
  score,
  reported,
  interactions,
  bookmark,
  edition,
}: State) {
  const bits = bitWriter();
  const writeCapped = (number: number, width: number) =>
    bits.write(Math.min(number, 2 ** width - 1), width);
  writeCapped(saves, SAVES_BITS);
  bits.write(STATUSES.indexOf(status), 2);
  writeScore(bits, score);
  writeFlag(bits, reported);
  writeCapped(interactions, INTERACTIONS_BITS);
  writeFlag(bits, Boolean(bookmark));
  return attempt + bits.text() + (bookmark || NO_BOOKMARK) + (edition || NO_EDITION);
}

/**
 * Decodes a state; null if its head is damaged. Sections before the first damaged one are kept;
 * `lost` names the others.
 */
export function decode(text: string | null) {
  if (text === null) return null;
  try {
    return readSections(text, readHead(text));
  } catch {
    return null;
  }
}

function readHead(text: string): State {
  const start = VERSION.length;
  const head = text.slice(start, start + HEAD_SIZE);
  const check = text.slice(start + HEAD_SIZE, start + HEAD_SIZE + CHECK_SIZE);
  if (!text.startsWith(VERSION) || head.length < HEAD_SIZE || check !== checksum(head)) damaged();
  const bits = bitReader(head.slice(ATTEMPT_SIZE, -KEY_SIZE - EDITION_SIZE));
  const saves = bits.read(SAVES_BITS);
  const status = STATUSES[bits.read(2)];
  const score = readScore(bits);
  const reported = readFlag(bits);
  const interactions = bits.read(INTERACTIONS_BITS);
  const bookmark = readFlag(bits) ? head.slice(-KEY_SIZE - EDITION_SIZE, -EDITION_SIZE) : "";
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

function readSections(text: string, state: State) {
  let at = VERSION.length + HEAD_SIZE + CHECK_SIZE;
  NAMES.every((name, index) => {
    if (index >= LATE && at === text.length) return true;
    try {
      const start = at + COUNT_BITS / 6;
      const size = text.slice(at, start);
      const end = start + bitReader(size).read(COUNT_BITS);
      const payload = text.slice(start, end);
      at = end + CHECK_SIZE;
      if (text.slice(end, at) !== checksum(ALPHABET[index] + size + payload)) damaged();
      if (payload) readSection(payload, state, name);
      else if (index > LATE) state.finished = "";
      // It was written only because a section follows.
      if (state.language) state.finished ||= null;
      return true;
    } catch {
      state.lost = NAMES.slice(index);
      return false;
    }
  });
  return state;
}

function readSection<Name extends Section>(payload: string, state: Sections, name: Name) {
  const bits = bitReader(payload);
  const entries = SECTIONS[name][1](bits);
  bits.end();
  state[name] = entries;
}

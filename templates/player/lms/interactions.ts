// What the LMS is told of single answers: append-only, in the order SCORM 1.2 players want.

import { fits, time, timespan } from "./limits.js";
import { FULL } from "../state/scoring.js";

/** @import {Answer, Hundredths, Interactions, Key, Pair, Question, Reported} from "../types" */

/**
 * One response that the LMS is to have.
 *
 * @typedef Entry
 * @property {Key} key Of its question.
 * @property {Reported} reported
 * @property {Pair[]} answer Leaves and their values.
 * @property {Pair[] | null} placed Elements and their values, once it has a place.
 * @property {number} refused How often it was.
 */
/** @typedef {Entry & {placed: Pair[]}} Placed */

/**
 * @param {Entry} entry
 * @returns {entry is Placed}
 */
const isPlaced = (entry) => Boolean(entry.placed);

// Moodle sends every interaction again with the first commit of each visit, and PHP may drop what
// is beyond 1000 values of a request: 8 values each stay below that. Practice leaves room for the
// quiz.
const MOST = { practice: 60, quiz: 110 };

// Variants of a right answer beyond these are in the key beside the package.
const PATTERNS = 5;

// One that the LMS refuses again is left out.
const REFUSALS = 2;

/**
 * @param {Question} question
 * @param {Hundredths} credit
 */
const resultOf = ({ scored }, credit) => {
  if (!scored) return "neutral";
  if (credit === FULL) return "correct";
  return credit ? String(credit / FULL) : "wrong";
};

/**
 * @param {Answer} answer
 * @param {Reported} reported
 * @param {Date | null} at
 */
function pairsOf({ page, question, credit, latency }, { part, response }, at) {
  const { id, interaction, patterns, scored, weight } = question;
  /** @type {[leaf: string, value: string | null][]} */
  const values = [
    ["id", [page, id, part].filter(Boolean).join("--")],
    ["type", interaction],
    ["time", at && time(at)],
    ...patterns
      .slice(0, PATTERNS)
      .map((pattern, n) => /** @type {Pair} */ ([`correct_responses.${n}.pattern`, pattern])),
    ["weighting", String(scored ? weight : 0)],
    ["student_response", fits(interaction, response) ? response : ""],
    ["result", resultOf(question, credit)],
    ["latency", at && timespan(/** @type {number} */ (latency))],
  ];
  return /** @type {Pair[]} */ (values.filter(([, value]) => value));
}

/**
 * Whether the response is in the list already. The state says of an answer that it is late, too,
 * while this visit is about to tell it.
 *
 * @param {Entry[]} entries
 * @param {Key} key
 * @param {Reported} reported
 */
const isIn = (entries, key, { part, response }) =>
  entries.some(
    ({ key: own, reported }) =>
      own === key && reported.part === part && reported.response === response,
  );

/**
 * Takes their places from entries, which go into the list once more. Gives what was written there.
 *
 * @param {Entry[]} entries
 */
function displace(entries) {
  const pairs = entries.flatMap(({ placed }) => placed ?? []);
  for (const entry of entries) entry.placed = null;
  return pairs;
}

/**
 * From the first entry on whose id is among these pairs, those that have a place.
 *
 * @param {Entry[]} entries
 * @param {Pair[]} pairs
 */
function placedFrom(entries, pairs) {
  const at = entries.findIndex(({ placed }) => placed && pairs.includes(placed[0]));
  return at < 0 ? [] : entries.slice(at).filter(isPlaced);
}

/**
 * One entry for each response of an answer.
 *
 * @param {Answer} answer
 * @param {Date | null} at When it was given, null where nobody knows.
 * @param {Entry[]} entries Those that wait for the LMS: such an answer is not told twice.
 */
const entriesOf = (answer, at, entries) =>
  answer.reported
    .filter((reported) => at || !isIn(entries, answer.question.key, reported))
    .map((reported) => ({
      ...{ key: answer.question.key, reported, answer: pairsOf(answer, reported, at) },
      ...{ placed: null, refused: 0 },
    }));

/**
 * The elements and values of an entry at an index.
 *
 * @param {Entry} entry
 * @param {number} index
 */
const placedAt = ({ answer }, index) =>
  answer.map(([leaf, value]) => /** @type {Pair} */ ([`cmi.interactions.${index}.${leaf}`, value]));

/** @param {Entry[]} entries */
const keysOf = (entries) => entries.map(({ key }) => key);

/**
 * @param {Key[]} keys
 * @param {number} count
 */
const lastOf = (keys, count) => keys.slice(-count || keys.length);

/**
 * The list of one visit. `count` is what the LMS says of `cmi.interactions._count`; where it does
 * not say, `counted` is how many an earlier visit left. `now()` gives a Date.
 *
 * The visit writes from `start` on; `told` are the keys of what it has written there. `gaps` is how
 * many places are empty because the LMS lost what was written there: Moodle's count leaves them
 * out, and an index must not be beyond it, so the next visit takes as many at the end again.
 *
 * @param {string} count
 * @param {() => Date} now
 * @param {number} [counted]
 * @returns {Interactions}
 */
export function createInteractions(count, now, counted = 0) {
  let known = false;
  let start = 0;
  let gaps = 0;
  let told = /** @type {Key[]} */ ([]);
  let pending = /** @type {Entry[]} */ ([]);
  const added = /** @type {Set<Key>} */ (new Set());
  const unplaced = () => pending.filter(({ placed }) => !placed);
  const end = () => start + told.length;
  const missed = (/** @type {Set<Key>} */ late) => [...late].filter((key) => !added.has(key));

  const place = (/** @type {Entry} */ entry) => placedAt(entry, start + told.push(entry.key) - 1);

  /** @type {Interactions["begin"]} */
  function begin(said, before) {
    known = /^\d+$/.test(said);
    start = known ? Number(said) : before;
    gaps = Math.max(before - start, 0);
    told = [];
    displace(pending);
  }

  begin(count, counted);
  return {
    begin,
    add(answer, at = now()) {
      const { question, reported, use } = answer;
      added.add(question.key);
      if (question.interaction && end() + unplaced().length + reported.length <= MOST[use])
        pending.push(...entriesOf(answer, at, pending));
    },
    values: () => pending.flatMap((entry) => (entry.placed ??= place(entry))),
    waiting: () => unplaced().length > 0,
    complete: () => known && !gaps,
    count: (late) => end() + Number(known && missed(late).length > 0),
    late(before, has, leaving) {
      const lost = keysOf(pending.filter(({ placed }) => placed && !placed.every(has)));
      const waiting = keysOf(unplaced());
      const again = lastOf([...told, ...waiting], known ? gaps + lost.length : 0);
      return new Set([...missed(before), ...lost, ...(leaving ? waiting : []), ...again]);
    },
    sent() {
      const placed = pending.filter(isPlaced);
      return () => {
        pending = pending.filter((entry) => !placed.includes(/** @type {Placed} */ (entry)));
      };
    },
    repeat() {
      if (known) gaps += pending.filter(isPlaced).length;
      displace(pending);
    },
    refused(elements, some) {
      const from = placedFrom(pending, elements);
      told.length -= from.length;
      if (some && from[0]) from[0].refused += 1;
      pending = pending.filter(({ refused }) => refused < REFUSALS);
      return displace(from);
    },
  };
}

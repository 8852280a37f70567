// What the LMS is told of single answers: append-only, in the order SCORM 1.2 players want.

import { fits, time, timespan } from "./limits.js";
import { FULL } from "../state/scoring.js";

/** @import {Answer, Hundredths, Interactions, Key, Pair, Question, Reported} from "../types" */

/**
 * One response that the LMS is to have.
 *
 * @typedef Entry
 * @property {Key} key Of its question.
 * @property {Reported} one
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
function result({ scored }, credit) {
  if (!scored) return "neutral";
  if (credit === FULL) return "correct";
  return credit ? String(credit / FULL) : "wrong";
}

/**
 * `count` is what the LMS says of `cmi.interactions._count`; where it does not say, `counted` is
 * how many an earlier visit left. `now()` gives a Date.
 *
 * @param {string} count
 * @param {() => Date} now
 * @param {number} [counted]
 * @returns {Interactions}
 */
export function createInteractions(count, now, counted = 0) {
  let known = false;
  let complete = false;
  let index = 0;
  // The keys of what this visit has written, in the order of the places.
  /** @type {Key[]} */
  let told = [];
  // How many places are empty because the LMS lost what was written there. Moodle's count leaves
  // them out, and an index must not be beyond it: the next visit takes as many places at the end
  // again.
  let gaps = 0;
  /** @type {Entry[]} */
  let pending = [];
  /** @type {Set<Key>} */
  const added = new Set();

  /**
   * @param {Answer} answer
   * @param {Reported} reported
   * @param {Date | null} at
   */
  function pairs({ page, question, credit, latency }, { part, response }, at) {
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
      ["result", result(question, credit)],
      ["latency", at && timespan(/** @type {number} */ (latency))],
    ];
    return /** @type {Pair[]} */ (values.filter(([, value]) => value));
  }

  const unplaced = () => pending.filter(({ placed }) => !placed);

  // The state says of an answer that it is late, too, while this visit is about to tell it.
  /**
   * @param {Key} key
   * @param {Reported} reported
   */
  const isPending = (key, { part, response }) =>
    pending.some(
      (entry) => entry.key === key && entry.one.part === part && entry.one.response === response,
    );

  /**
   * @param {Entry} entry
   * @returns {Pair[]}
   */
  const place = ({ key, answer }) => {
    const at = index;
    index += 1;
    told.push(key);
    return answer.map(([name, value]) => [`cmi.interactions.${at}.${name}`, value]);
  };

  /**
   * @param {string} said
   * @param {number} before
   */
  function begin(said, before) {
    known = /^\d+$/.test(said);
    index = known ? Number(said) : before;
    complete = known && index >= before;
    gaps = Math.max(before - index, 0);
    told = [];
    for (const entry of pending) entry.placed = null;
  }

  begin(count, counted);
  return {
    /** As `count` and `counted`, where the LMS was reached only later. */
    begin,
    /**
     * Append one answer: the page's id, the question, the response as `reported` by its type, what
     * it earned in hundredths of a percent of the weight, ms from showing to answering, and `use`,
     * practice or quiz. `at` is when it was given, null where nobody knows, nor how long it took.
     */
    add(answer, at = now()) {
      const { key, interaction } = answer.question;
      added.add(key);
      if (!interaction || index + unplaced().length + answer.reported.length > MOST[answer.use])
        return;
      for (const one of answer.reported) {
        if (at || !isPending(key, one))
          pending.push({ key, one, answer: pairs(answer, one, at), placed: null, refused: 0 });
      }
    },
    /** Elements and values not yet confirmed. */
    values() {
      return pending.flatMap((entry) => (entry.placed ??= place(entry)));
    },
    /** Whether any answer is not written yet. */
    get waiting() {
      return unplaced().length > 0;
    },
    /** Whether the LMS says that it has all that earlier visits wrote. */
    get complete() {
      return complete;
    },
    /**
     * How many the LMS has when it has these values, and one more while this visit has not come to
     * some of those that are `late`: what an LMS counts must not seem complete then.
     */
    count: (late) => index + Number(known && [...late].some((key) => !added.has(key))),
    /**
     * The keys of questions of which the LMS is still to be told, once it has what is written now:
     * those `before` that this visit has not come to, those written of which not all `has(pair)`
     * arrived, with `leaving` those not written yet, and those whose places the next visit takes.
     */
    late(before, has, leaving) {
      const lost = pending.filter(({ placed }) => placed && !placed.every(has));
      const open = leaving ? [...lost, ...unplaced()] : lost;
      const all = [...told, ...unplaced().map(({ key }) => key)];
      const taken = known ? gaps + lost.length : 0;
      return new Set([
        ...[...before].filter((key) => !added.has(key)),
        ...open.map(({ key }) => key),
        ...(taken ? all.slice(-taken) : []),
      ]);
    },
    /** What `values` gave so far; call what this returns once the LMS has stored it. */
    sent() {
      const placed = pending.filter(isPlaced);
      return () => {
        pending = pending.filter((entry) => !placed.includes(/** @type {Placed} */ (entry)));
      };
    },
    /**
     * A commit failed before this one: an LMS may count the answers as sent although it lost them
     * (facts/moodle.md#transport), so they are appended once more.
     */
    repeat() {
      for (const entry of pending) {
        if (entry.placed && known) gaps += 1;
        entry.placed = null;
      }
    },
    /**
     * The LMS did not take these pairs, of a batch of which it took `some`. Without its id an
     * answer has no place in the list, which may not have gaps: it and those after it go there once
     * more. Gives the pairs to be written anew.
     */
    refused(elements, some) {
      const at = pending.findIndex(
        ({ placed }) => placed && elements.some((pair) => pair === placed[0]),
      );
      if (at < 0) return [];
      const from = pending.slice(at).filter(isPlaced);
      const anew = from.flatMap(({ placed }) => placed);
      index = Number(from[0].placed[0][0].split(".")[2]);
      told.splice(told.length - from.length);
      for (const entry of /** @type {Entry[]} */ (from)) entry.placed = null;
      // An LMS that takes nothing says nothing of this one.
      if (some) pending[at].refused += 1;
      if (pending[at].refused >= REFUSALS) pending.splice(at, 1);
      return anew;
    },
  };
}

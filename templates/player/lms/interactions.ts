// What the LMS is told of single answers: append-only, in the order SCORM 1.2 players want.

import { fits, time, timespan } from "./limits.ts";
import { FULL, type Hundredths } from "../state/scoring.ts";
import type { Answer, AnswerLog, Reported } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";
import type { Key } from "../state/state.ts";
import type { Pair } from "./elements.ts";

/** What the LMS is told of single answers: a list that only grows. */
export interface Interactions extends AnswerLog {
  /** As at the start of a visit, where the LMS was reached only later. */
  begin(said: string, before: number): void;
  /** Elements and values not yet confirmed. */
  values(): Pair[];
  /** Whether any answer is not written yet. */
  waiting(): boolean;
  /** Whether the LMS says that it has all that earlier visits wrote. */
  complete(): boolean;
  /**
   * How many the LMS has when it has these values, and one more while this visit has not come to
   * some of those that are `late`: what an LMS counts must not seem complete then.
   */
  count(late: Set<Key>): number;
  /**
   * The keys of questions of which the LMS is still to be told, once it has what is written now:
   * those `before` that this visit has not come to, those written of which not all `has(pair)`
   * arrived, with `leaving` those not written yet, and those whose places the next visit takes.
   */
  late(before: Set<Key>, has: (pair: Pair) => boolean, leaving: boolean): Set<Key>;
  /** What `values` gave so far; call what this returns once the LMS has stored it. */
  sent(): () => void;
  /**
   * A commit failed before this one: an LMS may count the answers as sent although it lost them
   * (facts/moodle.md#transport), so they are appended once more.
   */
  repeat(): void;
  /**
   * The LMS did not take these pairs, of a batch of which it took `some`. Without its id an answer
   * has no place in the list, which may not have gaps: it and those after it go there once more.
   * Gives the pairs to be written anew. What is refused again is left out; an LMS that takes
   * nothing says nothing of one answer.
   */
  refused(pairs: Pair[], some: boolean): Pair[];
}

/** One response that the LMS is to have. */
interface Entry {
  /** Of its question. */
  key: Key;
  reported: Reported;
  /** Leaves and their values. */
  answer: Pair[];
  /** Elements and their values, once it has a place. */
  placed: Pair[] | null;
  /** How often it was. */
  refused: number;
}
type Placed = Entry & { placed: Pair[] };

const isPlaced = (entry: Entry): entry is Placed => Boolean(entry.placed);

// Moodle sends every interaction again with the first commit of each visit, and PHP may drop what
// is beyond 1000 values of a request: 8 values each stay below that. Practice leaves room for the
// quiz.
const MOST = { practice: 60, quiz: 110 };

// Variants of a right answer beyond these are in the key beside the package.
const PATTERNS = 5;

// One that the LMS refuses again is left out.
const REFUSALS = 2;

const resultOf = ({ scored }: Question, credit: Hundredths) => {
  if (!scored) return "neutral";
  if (credit === FULL) return "correct";
  return credit ? String(credit / FULL) : "wrong";
};

function pairsOf(
  { page, question, credit, latency }: Answer,
  { part, response }: Reported,
  at: Date | null,
) {
  const { id, interaction, patterns, scored, weight } = question;
  const values: [leaf: string, value: string | null][] = [
    ["id", [page, id, part].filter(Boolean).join("--")],
    ["type", interaction],
    ["time", at && time(at)],
    ...patterns
      .slice(0, PATTERNS)
      .map((pattern, n) => [`correct_responses.${n}.pattern`, pattern] as Pair),
    ["weighting", String(scored ? weight : 0)],
    ["student_response", fits(interaction, response) ? response : ""],
    ["result", resultOf(question, credit)],
    ["latency", at && timespan(latency as number)],
  ];
  return values.filter(([, value]) => value) as Pair[];
}

/**
 * Whether the response is in the list already. The state says of an answer that it is late, too,
 * while this visit is about to tell it.
 */
const isIn = (entries: Entry[], key: Key, { part, response }: Reported) =>
  entries.some(
    ({ key: own, reported }) =>
      own === key && reported.part === part && reported.response === response,
  );

/**
 * Takes their places from entries, which go into the list once more. Gives what was written there.
 */
function displace(entries: Entry[]) {
  const pairs = entries.flatMap(({ placed }) => placed ?? []);
  for (const entry of entries) entry.placed = null;
  return pairs;
}

/** From the first entry on whose id is among these pairs, those that have a place. */
function placedFrom(entries: Entry[], pairs: Pair[]) {
  const at = entries.findIndex(({ placed }) => placed && pairs.includes(placed[0]));
  return at < 0 ? [] : entries.slice(at).filter(isPlaced);
}

/**
 * One entry for each response of an answer.
 *
 * @param at When it was given, null where nobody knows.
 * @param entries Those that wait for the LMS: such an answer is not told twice.
 */
const entriesOf = (answer: Answer, at: Date | null, entries: Entry[]) =>
  answer.reported
    .filter((reported) => at || !isIn(entries, answer.question.key, reported))
    .map((reported) => ({
      ...{ key: answer.question.key, reported, answer: pairsOf(answer, reported, at) },
      ...{ placed: null, refused: 0 },
    }));

/** The elements and values of an entry at an index. */
const placedAt = ({ answer }: Entry, index: number) =>
  answer.map(([leaf, value]) => [`cmi.interactions.${index}.${leaf}`, value] as Pair);

const keysOf = (entries: Entry[]) => entries.map(({ key }) => key);

const lastOf = (keys: Key[], count: number) => keys.slice(-count || keys.length);

/**
 * The list of one visit. `count` is what the LMS says of `cmi.interactions._count`; where it does
 * not say, `counted` is how many an earlier visit left. `now()` gives a Date.
 *
 * The visit writes from `start` on; `told` are the keys of what it has written there. `gaps` is how
 * many places are empty because the LMS lost what was written there: Moodle's count leaves them
 * out, and an index must not be beyond it, so the next visit takes as many at the end again.
 */
export function createInteractions(count: string, now: () => Date, counted = 0): Interactions {
  let known = false;
  let start = 0;
  let gaps = 0;
  let told: Key[] = [];
  let pending: Entry[] = [];
  const added = new Set<Key>();
  const unplaced = () => pending.filter(({ placed }) => !placed);
  const end = () => start + told.length;
  const missed = (late: Set<Key>) => [...late].filter((key) => !added.has(key));

  const place = (entry: Entry) => placedAt(entry, start + told.push(entry.key) - 1);

  function begin(said: string, before: number) {
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
        pending = pending.filter((entry) => !placed.includes(entry as Placed));
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

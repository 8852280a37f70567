// The list of answers in the LMS (cmi.interactions): append-only, in the order that SCORM 1.2
// requires.

import type { Answer, AnswerLog, Reported } from "../state/behaviour.ts";
import type { Key } from "../state/state.ts";
import type { ValuesOf } from "./answer-values.ts";
import type { Pair } from "./elements.ts";

/** The answers of one visit, to be written to the LMS. */
export interface Interactions extends AnswerLog {
  /**
   * Starts the list again with the LMS's count, when the LMS was found late. `lmsCount` is
   * `cmi.interactions._count`; `before` is the count in the state.
   */
  begin(lmsCount: string, before: number): void;
  /** Elements and values that are not confirmed. */
  values(): Pair[];
  /** Whether the LMS confirms that it has everything that earlier visits wrote. */
  complete(): boolean;
  /**
   * How many answers the LMS has once these values are stored. One more while some `late` answers
   * are missing, because the LMS's own count must not seem complete then.
   */
  count(late: Set<Key>): number;
  /**
   * The keys of questions whose answers are still missing in the LMS once the current values are
   * stored: those of `before` that this visit has not added; those written for which not all
   * `has(pair)`; with `leaving`, those not written; and those whose places the next visit
   * overwrites.
   */
  late(before: Set<Key>, has: (pair: Pair) => boolean, leaving: boolean): Set<Key>;
  /**
   * Call the returned function once the LMS has stored what `values` has returned so far. An answer
   * for which not all `has(pair)` stays unconfirmed, because the LMS refused a part.
   */
  sent(has: (pair: Pair) => boolean): () => void;
  /**
   * Appends the unconfirmed answers again after a failed commit, because an LMS may count them as
   * sent although they were lost (facts/moodle.md#transport).
   */
  repeat(): void;
  /**
   * Another window wrote at the same time, up to index `end`: everything of this visit is written
   * again, behind that.
   */
  follow(end: number): void;
  /**
   * The LMS refused these pairs; `some` is whether it accepted others of the batch. An answer whose
   * id was refused has no place in the list, which must not have gaps: it and the later ones are
   * appended again. An answer refused REFUSALS times is left out; a batch of which the LMS refused
   * everything does not count. Returns the pairs that were written at the freed places.
   */
  refused(pairs: Pair[], some: boolean): Pair[];
}

/** One response for the LMS. */
interface Entry {
  /** Key of its question; "" for the version of the course (version.ts). */
  key: Key;
  reported: Reported;
  /** Leaves of the element and their values. */
  answer: Pair[];
  /** Full elements and values, once it has an index. */
  placed: Pair[] | null;
  /** How often the LMS has refused it. */
  refused: number;
}
type Now = () => Date;
type Placed = Entry & { placed: Pair[] };

const isPlaced = (entry: Entry): entry is Placed => Boolean(entry.placed);

// Limits on the number of answers. Moodle repeats every interaction with the first commit of each
// visit, and PHP may drop what exceeds 1000 values in a request; 8 values each stay below that.
// Practice leaves room for the quiz, and answers leave room for the versions of later visits, which
// have 5 values.
const MOST = { practice: 60, quiz: 110, version: 125 };

// An answer is left out after this many refusals. A single failure can refuse it twice: in the
// batch in which it begins, and in the one in which it ends.
const REFUSALS = 3;

/**
 * Whether the response is already in the list. While this visit is about to write an answer, the
 * state still calls it late.
 */
const isIn = (entries: Entry[], key: Key, { part, response }: Reported) =>
  entries.some(
    ({ key: own, reported }) =>
      own === key && reported.part === part && reported.response === response,
  );

/**
 * Removes the entries' indexes, so that they are appended again. Returns what was written there.
 */
function displace(entries: Entry[]) {
  const pairs = entries.flatMap(({ placed }) => placed ?? []);
  for (const entry of entries) entry.placed = null;
  return pairs;
}

/** The entries with an index, from the first one whose id is among these pairs. */
function placedFrom(entries: Entry[], pairs: Pair[]) {
  const placed = entries.filter(isPlaced);
  while (placed[0] && !pairs.includes(placed[0].placed[0])) placed.shift();
  return placed;
}

/**
 * One entry for each response of an answer.
 *
 * @param at When it was given; null if unknown.
 * @param entries The unconfirmed ones: a late answer among them is not added twice.
 */
const entriesOf = (answer: Answer, at: Date | null, entries: Entry[], valuesOf: ValuesOf) =>
  answer.reported
    .filter((reported) => at || !isIn(entries, answer.question.key, reported))
    .map((reported) => ({
      ...{ key: answer.question.key, reported, answer: valuesOf(answer, reported, at) },
      ...{ placed: null, refused: 0 },
    }));

/** The elements and values of an entry at an index. */
const placedAt = ({ answer }: Entry, index: number) =>
  answer.map(([leaf, value]) => [`cmi.interactions.${index}.${leaf}`, value] as Pair);

const keysOf = (entries: Entry[]) => entries.map(({ key }) => key);

/** Without the version, which has no key: the next visit reports its own. */
const answersOf = (keys: Key[]) => new Set(keys.filter(Boolean));

const lastOf = (keys: Key[], count: number) => keys.slice(-count || keys.length);

/**
 * The list of one visit. `count` is the LMS's value of `cmi.interactions._count`; if it is not a
 * number, `counted`, the count in the state, is used.
 *
 * `gaps` is the number of empty indexes whose answers the LMS lost. Moodle's count leaves them out,
 * and an index must not exceed the count, so the next visit overwrites as many at the end.
 */
export function createInteractions(count: string, now: Now, valuesOf: ValuesOf, counted = 0) {
  let known = false;
  let gaps = 0;
  let pending: Entry[] = [];
  const confirmed: Entry[] = [];
  const indexes = createIndexes();
  const { end, written } = indexes;
  const added = new Set<Key>();
  const unplaced = () => pending.filter(({ placed }) => !placed);
  const missed = (late: Set<Key>) => [...late].filter((key) => !added.has(key));

  function begin(lmsCount: string, before: number) {
    known = /^\d+$/.test(lmsCount);
    indexes.begin(known ? Number(lmsCount) : before, pending);
    gaps = Math.max(before - end(), 0);
  }

  begin(count, counted);
  const interactions: Interactions = {
    begin,
    add(answer, at = now()) {
      const { question, reported, use } = answer;
      added.add(question.key);
      if (question.interaction && end() + unplaced().length + reported.length <= MOST[use])
        pending.push(...entriesOf(answer, at, pending, valuesOf));
    },
    values: () => pending.flatMap((entry) => (entry.placed ??= indexes.place(entry))),
    complete: () => known && !gaps,
    count: (late) => end() + Number(known && missed(late).length > 0),
    late(before, has, leaving) {
      const lost = keysOf(pending.filter(({ placed }) => placed && !placed.every(has)));
      const waiting = keysOf(unplaced());
      const again = lastOf([...written, ...waiting], known ? gaps + lost.length : 0);
      return answersOf([...missed(before), ...lost, ...(leaving ? waiting : []), ...again]);
    },
    sent(has) {
      const whole = pending.filter(({ placed }) => placed?.every(has));
      return () => {
        confirmed.push(...pending.filter((entry) => whole.includes(entry)));
        pending = pending.filter((entry) => !whole.includes(entry));
      };
    },
    repeat() {
      if (known) gaps += pending.filter(isPlaced).length;
      displace(pending);
    },
    follow(last) {
      pending.unshift(...confirmed.splice(0));
      if (last > end()) indexes.begin(last, pending);
    },
    refused(elements, some) {
      const from = placedFrom(pending, elements);
      written.length -= from.length;
      if (some && from[0]) from[0].refused += 1;
      pending = pending.filter(({ refused }) => refused < REFUSALS);
      return displace(from);
    },
  };
  return interactions;
}

/** The indexes of a visit: from the start that `begin` sets; `written` holds the keys there. */
function createIndexes() {
  let start = 0;
  const written: Key[] = [];
  return {
    written,
    end: () => start + written.length,
    place: (entry: Entry) => placedAt(entry, start + written.push(entry.key) - 1),
    begin(index: number, entries: Entry[]) {
      start = index;
      written.length = 0;
      displace(entries);
    },
  };
}

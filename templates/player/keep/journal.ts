// What was done, kept in this browser until a visit finds it in the LMS.

import { decode, encode } from "../state/codec.ts";
import type { Key, Known, Quiz, State } from "../state/state.ts";
import type { Entry, JournalStorage } from "./journal-storage.ts";

/** An entry that was read. */
export interface KeptAttempt {
  at: number;
  state: State;
  place: string | undefined;
  confirmed: number;
  beside: string | undefined;
}

/** The journal of one trainee in one course. */
export interface Journal {
  /** A promise of what is there, the newest first. */
  read(): Promise<KeptAttempt[]>;
  /** Keep a state; a promise of whether it is there. */
  keep(state: State, saved: boolean, seen?: number): Promise<boolean>;
  /** The LMS has an attempt, with this counter. */
  confirm(attempt: string, saves: number): Promise<boolean>;
  /** The trainee is being asked about an attempt, in a visit whose attempt is `beside`. */
  ask(attempt: string, beside: string): Promise<boolean>;
  /** Remove what is kept of an attempt. */
  remove(attempt: string): Promise<unknown>;
}

interface JournalParts {
  storage: JournalStorage;
  owner: string;
  place: string;
  now: () => number;
  kept: (state: State) => State;
}

/** How long an entry is kept, in ms. */
export const LIFE = 7 * 86400000;

/**
 * The journal of one trainee in one course. `storage` is that of journal-storage.ts; `owner` names
 * the two and shows neither; `place` is that of place.ts; `now()` gives ms since 1970. An entry
 * holds the state of one attempt as `kept` gives it, nothing else of the trainee, and besides:
 *
 * - `saved`: whether that was called saved;
 * - `place`: where it was done; undefined in what an older player has kept;
 * - `confirmed`: the highest save counter that the LMS has confirmed, or had at a launch, else 0;
 * - `beside`: the attempt of the visit that asked about it, "" where only a part belonged there.
 *
 * Older players use the same database, so that names and fields stay as they are.
 */
export function createJournal({ storage, owner, place, now, kept }: JournalParts): Journal {
  const keyOf = (attempt: string) => `${owner} ${attempt}`;
  // A clock that was put right since may have written a time to come.
  const expired = ({ at }: Entry) => !(Math.abs(now() - at) < LIFE);
  const set = (attempt: string, fields: (old: Entry) => Partial<Entry>) =>
    storage.change(keyOf(attempt), (old) => old && { ...old, ...fields(old) });

  return {
    /**
     * A promise of what is there: for each attempt when it was kept `at`, its `state`, `place`,
     * `confirmed` and `beside`, the newest first. Removes what has expired, whoever's it is, and
     * what cannot be read.
     */
    async read() {
      const attempts: KeptAttempt[] = [];
      for (const entry of await storage.all()) {
        const own = entry.owner === owner;
        const state = own ? decode(String(entry.state)) : null;
        if (expired(entry) || (own && !state)) storage.remove(entry.key);
        else if (state) attempts.push({ ...part(entry), state, confirmed: confirmedIn(entry) });
      }
      return attempts.sort((first, second) => second.at - first.at);
    },
    /**
     * Keep a state, which the LMS said to have `saved` or not; `seen` is the counter that the LMS
     * had at the launch, 0 for none. A promise of whether it is there.
     */
    keep(state, saved, seen = 0) {
      const key = keyOf(state.attempt);
      const entry = { key, owner, at: now(), state: encode(kept(state)), saved, place };
      return storage.change(key, (old) => ({
        ...entry,
        confirmed: Math.max(saved ? state.saves : 0, seen, old ? confirmedIn(old) : 0),
        ...(old?.beside !== undefined && { beside: old.beside }),
      }));
    },
    /** The LMS has an attempt, with this counter. */
    confirm: (attempt, saves) =>
      set(attempt, (old) => ({ confirmed: Math.max(saves, confirmedIn(old)) })),
    /** The trainee is being asked about an attempt, in a visit whose attempt is `beside`. */
    ask: (attempt, beside) => set(attempt, () => ({ beside })),
    /** Remove what is kept of an attempt. */
    remove: (attempt) => storage.remove(keyOf(attempt)),
  };
}

const part = ({ at, place, beside }: Entry) => ({ at, place, beside });

// An older player says only whether the latest state was saved, and whether the LMS had a result.
function confirmedIn({ confirmed, saved, state }: Entry) {
  if (confirmed !== undefined) return confirmed;
  const { saves = 0, reported, status }: Partial<State> = decode(String(state)) ?? {};
  return saved || (reported && status !== "incomplete") ? Math.max(saves, 1) : 0;
}

/**
 * A state without a trainee's own words, and without what the course no longer asks, which may be
 * such words: of a text there is only that it was given. `known(section, key)` tells what the
 * course asks, `typed` holds the keys of questions that are answered in words.
 */
export function withoutWords(state: State, known: Known, typed: Set<Key>): State {
  // A final status waits for the record, whose words are not kept; but no attempt comes back.
  const undone = state.status !== "failed" && [...state.records.values()].some(({ text }) => text);
  const only = <Kept>(section: string, kept: Map<Key, Kept>) =>
    [...kept].filter(([key]) => known(section, key));
  return {
    ...state,
    ...(undone && { status: "incomplete", reported: false }),
    visited: new Set([...state.visited].filter((key) => known("visited", key))),
    checks: new Map(
      only("checks", state.checks).map(([key, check]) => [
        key,
        typed.has(key) ? { ...check, response: "" } : check,
      ]),
    ),
    quizzes: new Map(
      only("quizzes", state.quizzes).map(([key, quiz]) => [
        key,
        { ...quiz, answers: toldAnswers(quiz, known, typed) },
      ]),
    ),
    records: new Map(
      only("records", state.records).map(([key, { date }]) => [key, { date, text: "" }]),
    ),
    late: new Set(),
  };
}

const toldAnswers = ({ answers }: Quiz, known: Known, typed: Set<Key>) =>
  new Map([...answers].filter(([key]) => known("answers", key) && !typed.has(key)));

// The journal: keeps the trainee's work in this browser until a later visit finds it in the LMS.

import { decode, encode } from "../state/codec.ts";
import type { Key, Known, Quiz, State } from "../state/state.ts";
import type { Entry, JournalStorage } from "./journal-storage.ts";

/** A decoded entry of the journal. */
export interface KeptAttempt {
  at: number;
  state: State;
  place: string | undefined;
  confirmed: number;
  beside: string | undefined;
}

/** The journal of one trainee in one course. */
export interface Journal {
  /**
   * Resolves to the entries, newest first. Removes entries that have expired or cannot be decoded.
   */
  read(): Promise<KeptAttempt[]>;
  /**
   * Stores a state. `saved` is whether the LMS confirmed it; `seen` is the save counter that the
   * LMS had at launch, 0 for none. Resolves to whether it was stored.
   */
  keep(state: State, saved: boolean, seen?: number): Promise<boolean>;
  /** Notes that the LMS holds this attempt with save counter `saves`. */
  confirm(attempt: string, saves: number): Promise<boolean>;
  /** Notes that the trainee is being asked about an attempt, in a visit with attempt `beside`. */
  ask(attempt: string, beside: string): Promise<boolean>;
  /** Removes the entry of an attempt. */
  remove(attempt: string): Promise<unknown>;
}

interface JournalParts {
  storage: JournalStorage;
  owner: string;
  place: string;
  now: () => number;
  kept: (state: State) => State;
}

/** Lifetime of an entry, in ms. */
const LIFE_MS = 7 * 86400000;

/**
 * `owner` is a hash of trainee and course; `place` is the activity (place.ts); `now()` returns ms
 * since 1970; `kept(state)` returns the part of a state that may be stored. journal-storage.ts
 * describes the fields of an entry.
 */
export function createJournal({ storage, owner, place, now, kept }: JournalParts): Journal {
  const keyOf = (attempt: string) => `${owner} ${attempt}`;
  // Absolute, because the clock may have been set back since the entry was written.
  const expired = ({ at }: Entry) => !(Math.abs(now() - at) < LIFE_MS);
  const set = (attempt: string, fields: (old: Entry) => Partial<Entry>) =>
    storage.change(keyOf(attempt), (old) => old && { ...old, ...fields(old) });

  return {
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
    keep(state, saved, seen = 0) {
      const key = keyOf(state.attempt);
      const entry = { key, owner, at: now(), state: encode(kept(state)), saved, place };
      return storage.change(key, (old) => ({
        ...entry,
        confirmed: Math.max(saved ? state.saves : 0, seen, old ? confirmedIn(old) : 0),
        ...(old?.beside !== undefined && { beside: old.beside }),
      }));
    },
    confirm: (attempt, saves) =>
      set(attempt, (old) => ({ confirmed: Math.max(saves, confirmedIn(old)) })),
    ask: (attempt, beside) => set(attempt, () => ({ beside })),
    remove: (attempt) => storage.remove(keyOf(attempt)),
  };
}

const part = ({ at, place, beside }: Entry) => ({ at, place, beside });

// Older players store no `confirmed`: derive it from whether the state was saved and reported.
function confirmedIn({ confirmed, saved, state }: Entry) {
  if (confirmed !== undefined) return confirmed;
  const { saves = 0, reported, status }: Partial<State> = decode(String(state)) ?? {};
  return saved || (reported && status !== "incomplete") ? Math.max(saves, 1) : 0;
}

/**
 * Returns the state without free text, and without keys that the course no longer has, because they
 * may belong to free text. Of a text, only the fact that it was given stays. `typed` holds the keys
 * of questions answered in words.
 */
export function withoutFreeText(state: State, known: Known, typed: Set<Key>): State {
  // Without its text a record is not done, so a final status is taken back. "failed" stays, or the
  // trainee would gain an attempt.
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
        { ...quiz, answers: storableAnswers(quiz, known, typed) },
      ]),
    ),
    records: new Map(
      only("records", state.records).map(([key, { date }]) => [key, { date, text: "" }]),
    ),
    late: new Set(),
  };
}

const storableAnswers = ({ answers }: Quiz, known: Known, typed: Set<Key>) =>
  new Map([...answers].filter(([key]) => known("answers", key) && !typed.has(key)));

// What was done, kept in this browser until a visit finds it in the LMS.

import { decode, encode } from "./state.js";

/** How long an entry is kept, in ms. */
export const LIFE = 7 * 86400000;

/**
 * The journal of one trainee in one course. `storage` is that of journal-storage.js; `owner` names
 * the two and shows neither; `now()` gives ms since 1970. An entry holds the state of one attempt
 * as `kept` gives it, whether it was called saved, and nothing else of the trainee.
 */
export function createJournal({ storage, owner, now, kept }) {
  const keyOf = (attempt) => `${owner} ${attempt}`;
  // A clock that was put right since may have written a time to come.
  const expired = ({ at }) => !(Math.abs(now() - at) < LIFE);

  return {
    /**
     * A promise of what is there: for each attempt when it was kept `at`, its `state` and whether
     * that was called `saved`, the newest first. Removes what has expired, whoever's it is, and what
     * cannot be read.
     */
    async read() {
      const found = [];
      for (const entry of await storage.all()) {
        const own = entry.owner === owner;
        const state = own ? decode(String(entry.state)) : null;
        if (expired(entry) || (own && !state)) storage.remove(entry.key);
        else if (own) found.push({ at: entry.at, state, saved: entry.saved });
      }
      return found.sort((one, other) => other.at - one.at);
    },
    /** Keep a state, which the LMS said to have `saved` or not; a promise of whether it is there. */
    keep(state, saved, at = now()) {
      return storage.put({ key: keyOf(state.attempt), owner, at, state: encode(kept(state)), saved });
    },
    /** Remove what is kept of an attempt. */
    remove: (attempt) => storage.remove(keyOf(attempt)),
  };
}

/**
 * A state without a trainee's own words, and without what the course no longer asks, which may be
 * such words: of a text there is only that it was given. `known(section, key)` tells what the
 * course asks, `typed` holds the keys of questions that are answered in words.
 */
export function withoutWords(state, known, typed) {
  // A final status waits for the record, whose words are not kept; but no attempt comes back.
  const undone = state.status !== "failed" && [...state.records.values()].some(({ text }) => text);
  const only = (section) => [...state[section]].filter(([key]) => known(section, key));
  return {
    ...state,
    ...(undone && { status: "incomplete", reported: false }),
    visited: new Set([...state.visited].filter((key) => known("visited", key))),
    checks: new Map(only("checks").map(([key, check]) => [key, typed.has(key) ? { ...check, response: "" } : check])),
    quizzes: new Map(only("quizzes").map(([key, quiz]) => [key, { ...quiz, answers: toldAnswers(quiz, known, typed) }])),
    records: new Map(only("records").map(([key, { date }]) => [key, { date, text: "" }])),
    late: new Set(),
  };
}

const toldAnswers = ({ answers }, known, typed) =>
  new Map([...answers].filter(([key]) => known("answers", key) && !typed.has(key)));

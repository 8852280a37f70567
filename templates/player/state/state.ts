// The trainee's state: its types and limits, an empty one, and starting again.

import { ALPHABET } from "./bits.ts";
import type { Hundredths } from "./scoring.ts";

/** Four base64url characters that identify a revision of a page, question or record item. */
export type Key = string;

/** The values of cmi.core.lesson_status that the player sets. */
export type Status = "incomplete" | "failed" | "completed" | "passed";

/** The tries at one practice question. */
export interface Check {
  /** 0 to 7. */
  tries: number;
  /** Whether the first try was right. */
  first: boolean;
  response: string;
}

/** The attempts at one quiz. */
export interface Quiz {
  /** 0 to 1023, the current one included. */
  attempts: number;
  /** The score that counts; null before the first attempt is finished. */
  best: Hundredths | null;
  /** Whether an attempt is in progress. */
  open: boolean;
  /** The responses of the current attempt, or of the last one. */
  answers: Map<Key, string>;
}

/** The trainee's text for one item of a record. */
export interface RecordEntry {
  /** YYYY-MM-DD, or "". */
  date: string;
  text: string;
}

/** The sections of a state. Each has its own checksum, which confines damage to it. */
export interface Sections {
  /** Visited pages. */
  visited: Set<Key>;
  /** Practice questions. */
  checks: Map<Key, Check>;
  /** By the key of the quiz's page. */
  quizzes: Map<Key, Quiz>;
  records: Map<Key, RecordEntry>;
  /** Questions whose answers the LMS still lacks. */
  late: Set<Key>;
  /**
   * The day on which the course was finished, as YYYY-MM-DD; "" if it is unfinished or the day is
   * unknown; null if none is kept, because the course has no certificate.
   */
  finished: string | null;
  /** Tag of the translation that the trainee has chosen; "" for the source language. */
  language: string;
}

export type Section = keyof Sections;

/** Everything that is stored about a trainee in cmi.suspend_data. */
export interface State extends Sections {
  /** Random id of 8 characters. */
  attempt: string;
  /** How often the state has been sent. */
  saves: number;
  status: Status;
  score: Hundredths | null;
  /** Whether the LMS has confirmed status and score. */
  reported: boolean;
  /** Number of interactions written to the LMS. */
  interactions: number;
  /** The page where the trainee is; "" for none. */
  bookmark: Key;
  /** The edition of the course that was seen last; "" if unknown. */
  edition: string;
  /** Sections that could not be decoded. */
  lost: Section[];
}

/**
 * Whether a key of a section belongs to this course. The section "answers" has the answers of
 * quizzes.
 */
export type Known = (section: string, key: Key) => boolean;

export const TRIES_LIMIT = 7;
export const ATTEMPTS_LIMIT = 1023;
export const BEST_LIMIT = 10000;
/** Length of an attempt's id. */
export const ATTEMPT_SIZE = 8;

/** A state without work. `attempt` is 8 base64url characters. */
export const emptyState = (attempt: string): State => ({
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
  finished: null,
  language: "",
  lost: [],
});

/**
 * Clears visited pages and practice, and goes back to the start of scenarios, whose pages have the
 * keys `walked`. Results and records stay, because the LMS may already have them: so do the keys
 * `shown` of pages that a test-out has shown.
 */
export function startAgain(
  { visited, checks, quizzes }: State,
  walked: Iterable<Key>,
  shown: Iterable<Key | undefined>,
) {
  const kept = [...shown].filter((key) => visited.has(key as Key)) as Key[];
  visited.clear();
  for (const key of kept) visited.add(key);
  checks.clear();
  for (const key of walked) {
    const walk = quizzes.get(key);
    // A walk that is under way starts anew, and uses up no attempt.
    if (walk) quizzes.set(key, { ...walk, answers: new Map() });
  }
}

/** A random id for an attempt. */
export const newAttempt = () =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(ATTEMPT_SIZE)),
    (byte) => ALPHABET[byte % 64],
  ).join("");

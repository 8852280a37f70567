// The state of a trainee: its limits, an empty one, and starting again.

import { ALPHABET } from "./bits.ts";
import type { Hundredths } from "./scoring.ts";

/** Characters of six bits each: a page, a question or a record item, with its revision. */
export type Key = string;

/** The values of cmi.core.lesson_status in SCORM 1.2 that the player sets. */
export type Status = "incomplete" | "failed" | "completed" | "passed";

/** The tries at one practice question. */
export interface Check {
  /** From 0 to 7. */
  tries: number;
  /** Whether the first try was right. */
  first: boolean;
  response: string;
}

/** The attempts at one quiz. */
export interface Quiz {
  /** From 0 to 1023, the one under way included. */
  attempts: number;
  /** The score that counts, null before the first attempt is finished. */
  best: Hundredths | null;
  /** Whether an attempt is under way. */
  open: boolean;
  /** The responses of the attempt under way, or of the last one. */
  answers: Map<Key, string>;
}

/** A trainee's words in one item of a record. */
export interface RecordEntry {
  /** YYYY-MM-DD, or "". */
  date: string;
  text: string;
}

/** The parts of a state that damage is kept to. */
export interface Sections {
  /** Pages visited. */
  visited: Set<Key>;
  /** Questions practised. */
  checks: Map<Key, Check>;
  /** By the key of the quiz's page. */
  quizzes: Map<Key, Quiz>;
  records: Map<Key, RecordEntry>;
  /** Questions of whose answers the LMS is still to be told. */
  late: Set<Key>;
  /**
   * The day on which the course was finished, as YYYY-MM-DD: "" where it was not, or that is not
   * known, null where none is kept, since the course has no certificate.
   */
  finished: string | null;
}

export type Section = keyof Sections;

/** All that is known of a trainee: cmi.suspend_data in words. */
export interface State extends Sections {
  /** A random name of 8 characters; no other attempt has it. */
  attempt: string;
  /** How often it was sent. */
  saves: number;
  status: Status;
  score: Hundredths | null;
  /** Whether the LMS has confirmed status and score. */
  reported: boolean;
  /** Interactions that the LMS was told. */
  interactions: number;
  /** The page where the trainee is, or "". */
  bookmark: Key;
  /** The edition of the course that was seen last, or "". */
  edition: string;
  /** Sections that could not be read. */
  lost: Section[];
}

/** Whether a key of a section belongs to this course; "answers" are those of quizzes. */
export type Known = (section: string, key: Key) => boolean;

export const TRIES_LIMIT = 7;
export const ATTEMPTS_LIMIT = 1023;
export const BEST_LIMIT = 10000;
/** Characters of an attempt's name. */
export const ATTEMPT_SIZE = 8;

/** A state of nothing done. `attempt` is 8 base64url characters. */
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
  lost: [],
});

/** Forget what was visited and practised; results and the record are not for the player to undo. */
export function startAgain(state: State) {
  state.visited.clear();
  state.checks.clear();
}

/** A random name for an attempt. */
export const newAttempt = () =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(ATTEMPT_SIZE)),
    (byte) => ALPHABET[byte % 64],
  ).join("");

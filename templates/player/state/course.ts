// The course as the builder writes it: its outline and the rules by which it is completed.

import type { Key } from "./state.ts";

/** The names and revisions that something had in earlier editions. */
export interface Former {
  /** Keys of the same thing under other ids. */
  same: Key[];
  /** Keys of earlier revisions. */
  changed: Key[];
}

/**
 * The things to be done before a page opens, as the builder writes them: ids of pages, titles of
 * modules.
 */
export interface Lock {
  pages?: string[];
  modules?: string[];
  /** Quizzes that have to be passed. */
  passed?: string[];
}

/** One condition of a lock. */
export interface Gate {
  /** The title of the page or module that is waited for. */
  title: string;
  pages: Page[];
  until: "done" | "passed";
}

/** How the quiz of a page counts. */
export interface QuizRules {
  /** 0 is no limit. */
  attempts: number;
  /** Percent. */
  pass_mark: number;
  /** Whether it is judged by itself. */
  alone: boolean;
  keep: "best" | "last";
  /** To two decimals. */
  weight: number;
}

/** The keys of what a page asks. */
export interface Needs {
  check?: Key[];
  quiz?: Key[];
  record?: Key[];
}

/** A page in the outline. */
export interface Page {
  id: string;
  key: Key;
  title: string;
  kind: "page" | "quiz" | "record";
  /** How long it takes. */
  minutes: number;
  /** The chunk that has it; null for the first page, which comes with the course. */
  src: string | null;
  lock?: Lock;
  /** The gates before it; put in by locks.ts. */
  waits?: Gate[];
  quiz?: QuizRules;
  needs?: Needs;
  /** Put in at the start, from `former` of the outline. */
  former?: Former;
}

/** A page with a quiz, which has its rules. */
export type QuizPage = Page & { quiz: QuizRules };

export interface Module {
  title: string;
  /** How many pages it has; they stand one after another. */
  count: number;
  /** Its name as an objective of the LMS. */
  id?: string;
  lock?: Lock;
}

export interface Outline {
  modules: Module[];
  /** Those with which the course begins, as long as the outline is `partial`. */
  pages: Page[];
  /** How many pages the course has. */
  of: number;
  /** Whether the rest is still to come, behind the first view. */
  partial?: boolean;
  former?: Record<Key, Former>;
  /** Questions of whose answers not a word is kept, former ones too; see private-words.ts. */
  private?: Key[];
  /** Whether whoever finishes gets a certificate. */
  certificate?: boolean;
}

/** `tracking:` of the course. */
export interface Tracking {
  pages: "all" | "none";
  report: "passed-failed" | "completed";
  /** Percent. */
  pass_mark: number;
  attempts: number;
  keep: "best" | "last";
  failed: "after-last-attempt" | "never";
  score: boolean;
  /** The mark in the manifest, in percent; null where there is none. */
  mastery: number | null;
  comments: boolean;
  journal: boolean;
}

/** Which course this is. */
export interface Course {
  title: string;
  language: string;
  /** Of the package, 64 hexadecimal digits. */
  digest: string;
  edition: string;
}

/** What is the same for every trainee. */
export interface WholeCourse extends Course {
  tracking: Tracking;
  outline: Outline;
}

// The course as the builder writes it: its outline and tracking rules.

import type { Key } from "./state.ts";

/** Former keys of a page, question or record item. */
export interface Former {
  /** Keys of the same content under former ids. */
  same: Key[];
  /** Keys of earlier revisions, which have to be read or answered again. */
  changed: Key[];
}

/** What has to be done before a page opens: ids of pages, titles of modules. */
export interface Lock {
  pages?: string[];
  modules?: string[];
  /** Pages whose quiz has to be passed. */
  passed?: string[];
}

/** One condition of a lock. */
export interface Gate {
  /** Title of the page or module that has to be done. */
  title: string;
  pages: Page[];
  until: "done" | "passed";
}

/** How the quiz of a page counts. */
export interface QuizRules {
  /** 0 means no limit. */
  attempts: number;
  /** Percent. */
  pass_mark: number;
  /** Whether the quiz is judged by its own pass mark. */
  alone: boolean;
  keep: "best" | "last";
  /** With two decimals. */
  weight: number;
}

/** How the scenario of a page counts. */
export interface ScenarioRules {
  /** Keys of the scenes whose ending completes it. */
  ends: Key[];
  /** With two decimals; absent, with the others below, if it does not count. */
  weight?: number;
  /** How many walks can change the score, 0 for no limit; 1 if the first is kept. */
  attempts?: number;
  /** `first`: the first decision in each scene before the first ending. */
  keep?: "best" | "last" | "first";
}

/**
 * What it takes to pass a page (builder/course/marks.py): `n` right answers, good decisions or
 * `points` of `of`; `percent` alone if that differs, or if others are judged together with it.
 */
export interface Mark {
  percent: number;
  n?: number;
  of?: number;
  points?: true;
  shared?: true;
}

/** Keys of the questions, record items and scenes on a page. */
export interface Needs {
  check?: Key[];
  quiz?: Key[];
  "test-out"?: Key[];
  record?: Key[];
  scenario?: Key[];
}

/** A page in the outline. */
export interface Page {
  id: string;
  key: Key;
  title: string;
  /** The language of its title, if it is not translated. */
  lang?: string | undefined;
  kind: "page" | "quiz" | "record" | "scenario" | "test-out";
  /** Estimated duration. */
  minutes: number;
  /** File of its chunk; null for the first page, which is in index.html. */
  src: string | null;
  lock?: Lock;
  /** The conditions of its lock; set by locks.ts. */
  waits?: Gate[];
  quiz?: QuizRules;
  scenario?: ScenarioRules;
  /** Absent without a pass mark. */
  mark?: Mark;
  needs?: Needs;
  /** How many of its practice questions, the first ones, are right or wrong; absent for all. */
  judged?: number;
  /** Set at the start, from `former` of the outline. */
  former?: Former;
  /** Its number if that differs from its place in the outline; 0 for a test-out. */
  number?: number;
  /** Ids of the pages that a test-out replaces. */
  covers?: string[];
  /** The key that the state has instead of `key` if the page was shown by a test-out, not read. */
  shown?: Key;
}

export type QuizPage = Page & { quiz: QuizRules };

export type TestPage = QuizPage & { covers: string[] };

export interface Module {
  title: string;
  /** The language of its title, if it is not translated. */
  lang?: string;
  /** Number of its pages, which follow each other. */
  count: number;
  /** Its id as an objective in the LMS. */
  id?: string;
  lock?: Lock;
}

export interface Outline {
  modules: Module[];
  /** All pages, or the first ones while the outline is `partial`. */
  pages: Page[];
  /** Number of pages in the course. */
  of: number;
  /** Whether it is a refresher, whose test-outs replace reading. */
  refresher?: true;
  /** Whether the rest has not loaded yet. */
  partial?: boolean;
  former?: Record<Key, Former>;
  /** Keys of questions whose text is never kept, former keys included; see private-words.ts. */
  private?: Key[];
  /** Whether the course has a certificate. */
  certificate?: boolean;
  /** Tags of the languages of a course with translations; set at launch. */
  languages?: string[];
}

/** What the player needs of `tracking:` in course.yaml. */
export interface Tracking {
  pages: "all" | "none";
  report: "passed-failed" | "completed";
  /** Percent. */
  pass_mark: number;
  failed: "after-last-attempt" | "never";
  score: boolean;
  /** Mastery score in the manifest, in percent; absent if there is none. */
  mastery?: number | null;
  journal: boolean;
}

export interface Course {
  title: string;
  language: string;
  /** Tag whose plural forms the interface texts have, if it is not that of the language. */
  plurals?: string;
  /** Digest of the package, 64 hexadecimal digits. */
  digest: string;
  edition: string;
}

/** The course as it is for every trainee. */
export interface WholeCourse extends Course {
  tracking: Tracking;
  outline: Outline;
}

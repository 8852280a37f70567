// The contents of a page, as the builder writes them into its chunk.

import type { Question } from "./question.ts";
import type { Key } from "./state.ts";

/** The questions of a quiz, as its page has them. */
export interface QuizData {
  /** Ids of questions that every attempt asks. */
  fixed: string[];
  draws: { count: number; from: string[] }[];
  shuffle_questions: boolean;
  shuffle_options: boolean;
  feedback: "at-once" | "at-end" | "never";
  retake: "all" | "wrong";
}

/** The contents of a page. */
export interface PageData {
  html: string;
  text: Record<string, string>;
  questions: Record<string, Question>;
}

/** The contents of a page with a quiz. */
export interface QuizPageData extends PageData {
  quiz: QuizData;
  /** The HTML of each question's form, by its id. */
  forms: Record<string, string>;
}

/** One item of a record, to be answered in a trainee's own words. */
export interface RecordItem {
  key: Key;
  /** The most letters of the state that its text may have. */
  limit: number;
}

/** Which chunk it is, and the file that has it. */
export type ChunkName = [kind: string, id: string, src: string];

/** The data of a page that has loaded, with the parts of the player that it needs. */
export type LoadedPage = PageData & { parts: ChunkName[]; record?: RecordItem[] };

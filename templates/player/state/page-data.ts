// The content of a page, as the builder writes it into its chunk.

import type { Question } from "./question.ts";
import type { Key } from "./state.ts";

/** The questions of a quiz. */
export interface QuizData {
  /** Ids of questions that every attempt asks. */
  fixed: string[];
  draws: { count: number; from: string[] }[];
  shuffle_questions: boolean;
  shuffle_options: boolean;
  feedback: "at-once" | "at-end" | "never";
  retake: "all" | "wrong";
}

export interface PageData {
  html: string;
  text: Record<string, string>;
  questions: Record<string, Question>;
}

export interface QuizPageData extends PageData {
  quiz: QuizData;
  /** HTML of each question's form, by question id. */
  forms: Record<string, string>;
}

/** One item of a record, answered in free text. */
export interface RecordItem {
  key: Key;
  /** Maximum length of its text, in units of letters.ts. */
  limit: number;
}

/** A chunk and its file. */
export type ChunkName = [kind: string, id: string, src: string];

/** The data of a loaded page, with the parts that it needs. */
export type LoadedPage = PageData & { parts: ChunkName[]; record?: RecordItem[] };

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
  scenario?: ScenarioData;
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

export type Quality = "good" | "fair" | "poor";

/** A choice of a scene. */
export interface SceneChoice {
  /** One character; unique in its scene. */
  id: string;
  /** Id of the scene that it leads to. */
  to: string;
  quality: Quality;
  /** Plain text. */
  text: string;
}

export interface Scene {
  /** Unique on its page, among questions as well. */
  id: string;
  key: Key;
  title: string;
  /** None in a scene with an ending. */
  choices: SceneChoice[];
  ending: Quality | null;
}

/** The scenes of a scenario, in the order of the file. */
export interface ScenarioData {
  /** Id of the first scene. */
  start: string;
  scenes: Scene[];
  /** Whether a decision shows at once how good it is. */
  reveal?: true;
}

/** A chunk and its file. */
export type ChunkName = [kind: string, id: string, src: string];

/** The data of a loaded page, with the parts that it needs. */
export type LoadedPage = PageData & { parts: ChunkName[]; record?: RecordItem[] };

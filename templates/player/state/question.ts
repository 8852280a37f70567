// A question as its page has it.

import type { Key } from "./state.ts";

/** One of a question's options, or of the items that are to be matched or answered. */
export interface Choice {
  /** One character; for an item of a likert question, too. */
  id: string;
  text: string;
  /** HTML. */
  feedback: string | null;
}

/** The credit for an answer in a word; a key of the interface's texts. */
export type Result = "correct" | "partly" | "not_quite" | "answered";

/** A question as its page has it. `answer` says what is right, in a shape for each type. */
export interface Question<Answer = unknown> {
  id: string;
  key: Key;
  type: string;
  /** Its name in the LMS's reports. */
  interaction: string;
  scored: boolean;
  /** Whether it is still to be decided what is right: it is not scored then. */
  undecided?: true;
  /** To two decimals. */
  weight: number;
  /** The values for correct_responses of SCORM 1.2: each of them is right. */
  patterns: string[];
  answer: Answer;
  /** Plain text. */
  prompt: string;
  options: Choice[];
  items: Choice[];
  /** HTML for the whole answer, by what it earned. */
  feedback: Partial<Record<Result, string | null>>;
  /** HTML. */
  explanation: string | null;
  /** HTML: the words of the page that the question is about. */
  because: string | null;
  /** The page it is answered on, and the heading above that passage. */
  source: { id: string; title: string; heading?: string } | null;
  shuffle: boolean;
  /** Whether the right answer is shown with every answer, or never; null is once one has tried. */
  reveal: "always" | "never" | null;
}

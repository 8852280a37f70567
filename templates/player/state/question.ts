// A question, as the builder writes it into its page.

import type { Key } from "./state.ts";

/** An option of a question, or an item to match or rate. */
export interface Choice {
  /** One character; unique among options and among items. */
  id: string;
  text: string;
  /** HTML. */
  feedback: string | null;
}

/** The credit for an answer as a word; an interface text key. */
export type Result = "correct" | "partly" | "not_quite" | "answered";

/** A question. `answer` is the right answer, in a shape that depends on the type. */
export interface Question<Answer = unknown> {
  id: string;
  key: Key;
  type: string;
  /** Interaction type in SCORM 1.2. */
  interaction: string;
  scored: boolean;
  /** Whether the author has yet to decide what is right; such a question is not scored. */
  undecided?: true;
  /** With two decimals. */
  weight: number;
  /** Values for correct_responses in SCORM 1.2; each is right. */
  patterns: string[];
  answer: Answer;
  /** Plain text. */
  prompt: string;
  options: Choice[];
  items: Choice[];
  /** Feedback on the whole answer as HTML, by its credit. */
  feedback: Partial<Record<Result, string | null>>;
  /** HTML. */
  explanation: string | null;
  /** HTML: the passage of the page that answers the question. */
  because: string | null;
  /** The page with that passage, and the HTML id of the passage or of a heading above it. */
  source: { id: string; title: string; anchor?: string } | null;
  shuffle: boolean;
  /**
   * Whether the right answer is shown after each answer or never; null: after a right answer or the
   * last try.
   */
  reveal: "always" | "never" | null;
}

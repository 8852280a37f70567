// The interface of question types, and the answers they report.

import type { Say } from "../dom/words.ts";
import type { Question } from "./question.ts";
import type { Hundredths } from "./scoring.ts";

/** Arranges a list in this trainee's order. */
export type Order = <T>(list: T[], idOf: (thing: T) => unknown) => T[];

/** What a form gets when it is shown. */
export interface FormGiven {
  say: Say;
  order: Order;
  /** Whether the visit records nothing. */
  review: boolean;
  /** Stores a response that has not been submitted, `soon` or with the next save. */
  keep(response: string, soon?: boolean): void;
}

/** Why an answer cannot be accepted, and at which controls. */
export interface Problem {
  controls: Element[];
  words: string;
}

/** One student_response of SCORM 1.2. `part` is "" or names a part of the question. */
export interface Reported {
  part: string;
  response: string;
}

/** Feedback on one option or row of a response. */
export interface RowMark {
  /** Id of the row in the form; "" for the whole answer. */
  row: string;
  /** The row as text; "" if the form shows it. */
  text: string;
  /** Language tag of the text; undefined if it is that of the page. */
  lang?: string;
  /** Text key of the comment; "" for none. */
  word: string;
  sign: "right" | "wrong" | "open";
  /** Whether it may be shown only if the right answer is shown. */
  secret?: boolean;
  /** The right answer for this row. */
  instead?: string;
}

/**
 * A question type, as its script registers it. A response is text in the form in which the state
 * keeps it.
 */
export interface Behaviour<Q extends Question = Question> {
  /** Completes the form when it is shown. */
  mount?(form: HTMLFormElement, question: Q, given: FormGiven): void;
  /** Arranges the options in this trainee's order. */
  arrange?(form: HTMLFormElement, order: Order): void;
  /** The response in a form; "" if there is none. */
  read(form: HTMLFormElement, question: Q, say: Say): string;
  /** Fills in a form from a response. */
  restore(form: HTMLFormElement, response: string, question: Q, say: Say): void;
  /** Clears what was wrong in a response, for another try. */
  clear(form: HTMLFormElement, question: Q, response: string): void;
  /** The control that gets the focus first. */
  first(form: HTMLFormElement): HTMLElement | null;
  problem?(form: HTMLFormElement, question: Q, say: Say): Problem | null;
  /** The credit for a response, as a share of the question's weight. */
  credit(question: Q, response: string): Hundredths;
  reported(question: Q, response: string): Reported[];
  /** The response as text. */
  describe(question: Q, response: string, say: Say): string;
  /**
   * The author's feedback on each part of a response, as HTML; null if there is none. `revealed` is
   * whether it may reveal the right answers.
   */
  feedback(question: Q, response: string, say: Say, revealed: boolean): (string | null)[];
  /** The verdict on a response, if the type has its own wording. */
  verdict?(question: Q, response: string, say: Say): string;
  /** Feedback on each option or row. */
  marks?(question: Q, response: string, say: Say): RowMark[];
  /** How many parts of a response are right, and of how many. */
  parts?(question: Q, response: string): [right: number, of: number];
  /** Whether all that was chosen is right, and more has to be chosen. */
  unfinished?(question: Q, response: string): boolean;
  /** The right answer as text, if neither marks nor feedback show it. */
  solution?(question: Q): string;
}

/** Looks up the behaviour of a question's type. */
export type BehaviourOf = (question: Question) => Behaviour;

/** An answer to report to the LMS. */
export interface Answer {
  /** Id of its page. */
  page: string;
  question: Pick<Question, "id" | "key" | "interaction" | "scored" | "weight" | "patterns">;
  reported: Reported[];
  credit: Hundredths;
  /** Milliseconds from showing to answering; undefined if unknown. */
  latency?: number;
  use: "quiz" | "practice" | "version";
}

/** Takes the answers to report to the LMS. */
export interface AnswerLog {
  /** Adds an answer. `at` is when it was given: now by default, null if unknown. */
  add(answer: Answer, at?: Date | null): void;
}

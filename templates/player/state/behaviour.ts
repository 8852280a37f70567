// What a type of question gives the player, and what comes of an answer.

import type { Say } from "../dom/words.ts";
import type { Question } from "./question.ts";
import type { Hundredths } from "./scoring.ts";

/** Puts a list into an order of the trainee's own. */
export type Order = <T>(list: T[], idOf: (thing: T) => unknown) => T[];

/** The means that a type's form gets when it is shown. */
export interface FormGiven {
  say: Say;
  order: Order;
  /** Keeps a response that is not given yet, `soon` or with the next save. */
  keep(response: string, soon?: boolean): void;
}

/** Why an answer that is there cannot be taken, and where. */
export interface Problem {
  controls: Element[];
  words: string;
}

/** One student_response of SCORM 1.2; `part` is "" or names a part of the question. */
export interface Reported {
  part: string;
  response: string;
}

/** How one option or row of a response stands. */
export interface RowMark {
  /** The id of its row in the form; "" is the whole answer. */
  row: string;
  /** The row in words, "" where the form has them. */
  text: string;
  /** The key of what is said of it; "" for nothing. */
  word: string;
  sign: "right" | "wrong" | "open";
  /** Whether it is only for those who are told what was right. */
  secret?: boolean;
  /** What would have been right. */
  instead?: string;
}

/** A type of question, as its script registers it. A response is text, as the state keeps it. */
export interface Behaviour<Q extends Question = Question> {
  /** Completes the form when it is shown. */
  mount?(form: HTMLFormElement, question: Q, given: FormGiven): void;
  /** Puts the options into the trainee's own order. */
  arrange?(form: HTMLFormElement, order: Order): void;
  /** The response in a form, "" where there is none. */
  read(form: HTMLFormElement, question: Q, say: Say): string;
  /** Shows a response in its form. */
  restore(form: HTMLFormElement, response: string, question: Q, say: Say): void;
  /** Takes away what was not right of a response, so that it can be tried again. */
  clear(form: HTMLFormElement, question: Q, response: string): void;
  /** The control to go to first. */
  first(form: HTMLFormElement): HTMLElement | null;
  problem?(form: HTMLFormElement, question: Q, say: Say): Problem | null;
  /** The share of the question's weight that a response earns. */
  credit(question: Q, response: string): Hundredths;
  reported(question: Q, response: string): Reported[];
  /** The response in words. */
  describe(question: Q, response: string, say: Say): string;
  /**
   * The course's words to each part of a response, HTML; null where it says nothing. `told` is
   * whether they may say which answers are right.
   */
  feedback(question: Q, response: string, say: Say, told: boolean): (string | null)[];
  /** How right a response was in the type's own words. */
  verdict?(question: Q, response: string, say: Say): string;
  /** How each option or row of a response stands. */
  marks?(question: Q, response: string, say: Say): RowMark[];
  /** How many parts of a response are right, and of how many. */
  parts?(question: Q, response: string): [right: number, of: number];
  /** The right answer in words, where no mark and no feedback says it. */
  solution?(question: Q): string;
}

/** The behaviour of a question's type. */
export type BehaviourOf = (question: Question) => Behaviour;

/** An answer as the LMS is to be told of it. */
export interface Answer {
  /** The id of its page. */
  page: string;
  question: Question;
  reported: Reported[];
  credit: Hundredths;
  /** Milliseconds from showing to answering; none where it is not known. */
  latency?: number;
  use: "quiz" | "practice";
}

/** Takes the answers that the LMS is to be told of. */
export interface AnswerLog {
  /** Append one answer. `at` is when it was given: now, if left out; null where nobody knows. */
  add(answer: Answer, at?: Date | null): void;
}

// The interface of profiles: how one LMS treats a SCORM 1.2 package.

import type { Code, Model, Value } from "./model.ts";
import type { Held } from "./record.ts";
import type { Api, Phase, Runtime } from "./runtime.ts";
import type {
  DataMessage,
  Elements,
  LaunchMessage,
  Learner,
  Package,
  TraineeRecord,
} from "./stored.ts";

/** Choices of an administrator or teacher that change what an LMS does. */
export type Settings = { [name: string]: boolean };

/** How a trainee opens a course. The profile decides on the mode. */
export interface Asked {
  mode: string;
  learner: Learner;
}

/** The visit that results from a launch. */
export interface Launch {
  mode: string;
  elements: Elements;
}

/** Error codes by cause. */
export interface Codes {
  ok: Code;
  general: Code;
  /** A second LMSInitialize or LMSFinish. */
  again: Code;
  argument: Code;
  /** An index beyond its list. */
  beyondWrite: Code | ((element: string) => Code);
  beyondRead: Code;
  /** `parent` is the element without the keyword; `known` is whether it exists. */
  noChildren: Code | ((parent: string, known: boolean) => Code);
  noCount: Code | ((parent: string, known: boolean) => Code);
  /** A call before LMSInitialize or after LMSFinish. */
  closed: Code;
  keyword: Code;
  readOnly: Code;
  writeOnly: Code;
  type: Code;
  /** An element outside the model, read or `written`. */
  unknown(element: string, written: boolean): Code;
}

/**
 * How one LMS treats a SCORM 1.2 package. Memory is the state of its run-time, Body what it sends
 * to its server.
 */
export interface Profile<Memory = unknown, Body = unknown> {
  /** The LMS's name in tables and documents. */
  name: string;
  /** Product and version that was read or recorded. */
  product: string;
  /** What is special about it for a course, in one or two sentences; for tables and documents. */
  special: string;
  /**
   * What it cannot do with these settings, and the evidence: a way to open the course ("popup"), a
   * mode ("browse", "review"), "replaced", or a field of Held that it does not store.
   */
  lacks(settings: Settings): { [lacking: string]: string };
  /** Whether it saves each call by itself, so that writes need pauses. */
  paced: boolean;
  /** The defaults. */
  settings: Settings;
  /** Further columns in the table: label → settings. */
  variants: { [label: string]: Settings };

  /**
   * What a popup contains: the course, with the API in the opener; the LMS's own page, without an
   * opener; or a page with the course in a frame, onto which the opener puts its API.
   */
  popup: "course" | "page" | "framed";
  /** Names of the API object in its page. */
  names: string[];
  /** Whether Back shows the LMS's page as it was printed at an earlier launch. */
  kept: boolean;
  /**
   * Query of a page that is loaded first in the course's frame, and then loads the course; "" for
   * none.
   */
  loads(record: TraineeRecord): string;
  /**
   * Interval in ms at which the page checks its session, to go to the login when it has expired; 0
   * for never.
   */
  alive(settings: Settings): number;

  /** Functions of the API. */
  functions: string[];
  model(settings: Settings): Model;
  /** false: every element and value is accepted, and no index is checked. */
  checked: boolean;
  /**
   * Whether an element is accepted although nothing is checked; otherwise the error is
   * `codes.unknown`.
   */
  known(element: string): boolean;
  /** false: calls also work before LMSInitialize and after LMSFinish. */
  session: boolean;
  /** Whether calls work in a phase. A second LMSFinish has no effect. */
  open(phase: Phase): boolean;
  /** Whether LMSInitialize works again after LMSFinish in the same page. */
  again: boolean;
  /** Whether the arguments of LMSInitialize, LMSCommit and LMSFinish are right. */
  empty(args: unknown[]): boolean;
  /** Whether a value has to be a string; otherwise it is converted. */
  strings: boolean;
  /**
   * Types of values that are converted to a string, null for all. Other types are an error in every
   * phase.
   */
  types: string[] | null;
  /** Whether an index is checked before the value. */
  indexFirst: boolean;
  codes: Codes;
  /** The text of LMSGetErrorString for a code; `last` is the error of the last call. */
  errorString(code: Code, last: Code): string;
  diagnostic(code: Code, last: Code): string;
  /** The result of LMSGetLastError for a code. */
  lastError(code: Code, rt: Runtime<Memory, Body>): Code;
  /** How true and false are returned. */
  says(yes: boolean): string;
  /** The result of LMSGetValue for a readable element; `value` is undefined if none is stored. */
  reads(
    value: Value | undefined,
    element: string,
    rt: Runtime<Memory, Body>,
    initial?: Value,
  ): Value | undefined;
  /** The value of `_count` for a list with n members. */
  counts(n: number, list: string): Value;
  /** The state of the run-time in a page that was just printed. */
  memory(): Memory;
  /**
   * Called by every LMSInitialize, before it is checked; fills `rt.values`. May throw, as some LMSs
   * do.
   */
  begin(rt: Runtime<Memory, Body>): void;
  /** A value was accepted; for LMSs that send each one or start a timer. */
  onSet(rt: Runtime<Memory, Body>, element: string, value: Value): void;
  /** LMSCommit: sends, and returns whether that succeeded as far as the LMS can tell. */
  onCommit(rt: Runtime<Memory, Body>): boolean;
  /** LMSFinish, likewise. */
  onFinish(rt: Runtime<Memory, Body>): boolean;
  /** What the page does on beforeunload; `api` is the API that the course sees. */
  onLeave(api: Api): void;

  launch(record: TraineeRecord, asked: Asked, settings: Settings): Launch;
  /** The trainee has opened the course. */
  launched(record: TraineeRecord, message: LaunchMessage, settings: Settings): void;
  /** Data of the run-time has arrived. */
  receive(record: TraineeRecord, message: DataMessage<Body>, settings: Settings): void;
  /** A teacher has replaced the package. */
  replaced(record: TraineeRecord, next: Package, settings: Settings): void;
  /** The grade in the gradebook. */
  grade(record: TraineeRecord, settings: Settings): number | null;
  held(record: TraineeRecord, settings: Settings): Held;
}

/** What a profile defines: only how its LMS differs from SCORM 1.2. */
export type ProfileFacts<Memory, Body> = Partial<
  Omit<Profile<Memory, Body>, "codes" | "memory">
> & {
  codes?: Partial<Codes>;
  memory?(): NoInfer<Memory>;
};

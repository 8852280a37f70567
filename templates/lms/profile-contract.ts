// All that a profile can say of its LMS.

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

/** How a trainee opens a course; a profile decides which mode is given. */
export interface Asked {
  mode: string;
  learner: Learner;
}

/** The visit that a launch gives. */
export interface Launch {
  mode: string;
  elements: Elements;
}

/** Error codes by cause. */
export interface Codes {
  ok: Code;
  general: Code;
  /** LMSInitialize or LMSFinish once more. */
  again: Code;
  argument: Code;
  /** An index beyond its list. */
  beyondWrite: Code | ((element: string) => Code);
  beyondRead: Code;
  /** Of the element without the keyword; `known` is whether that is one. */
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
 * How one LMS treats a SCORM 1.2 package. Memory is what its run-time remembers, Body what it sends
 * to its server.
 */
export interface Profile<Memory = unknown, Body = unknown> {
  /** As tables and documents name the LMS. */
  name: string;
  /** What was read or recorded: product and version. */
  product: string;
  /** What is special about it for a course, in a sentence or two; for tables and documents. */
  special: string;
  /**
   * What it cannot do with these settings, and what proves that: a way to open the course
   * ("popup"), a mode ("browse", "review"), "replaced", or a field of Held that it does not keep.
   */
  lacks(settings: Settings): { [lacking: string]: string };
  /** Whether it saves each call by itself, so that values have to keep apart. */
  paced: boolean;
  /** The defaults. */
  settings: Settings;
  /** Columns of the table besides the defaults: label → settings. */
  variants: { [label: string]: Settings };

  /**
   * What a popup holds: the course, with the API in the opener; the LMS's own page, without an
   * opener; or a page with the course in a frame, onto which the opener puts its API.
   */
  popup: "course" | "page" | "framed";
  /** The names under which its page has the API. */
  names: string[];
  /** Whether the browser's Back shows the LMS's page as it was printed at an earlier launch. */
  kept: boolean;
  /** The query of a page in the course's frame, which moves on to the course; "" for none. */
  loads(record: TraineeRecord): string;
  /** How often, in ms, the page asks for its session, to go to the login after it; 0 for never. */
  alive(settings: Settings): number;

  /** The functions that the API has. */
  functions: string[];
  model(settings: Settings): Model;
  /** false: every element and value is taken, nothing is judged, no index is checked. */
  checked: boolean;
  /** Whether an element is taken where nothing is judged; else it is `codes.unknown`. */
  known(element: string): boolean;
  /** false: there are no phases; calls work before LMSInitialize and after LMSFinish. */
  session: boolean;
  /** Whether calls work in a phase. A second LMSFinish does nothing. */
  open(phase: Phase): boolean;
  /** Whether LMSInitialize works again after LMSFinish in the same page. */
  again: boolean;
  /** Whether the arguments of LMSInitialize, LMSCommit and LMSFinish are right. */
  empty(args: unknown[]): boolean;
  /** Whether a value has to be a string; else it is made one. */
  strings: boolean;
  /**
   * The types of values that are made a string, null for all; others are an error in every phase.
   */
  types: string[] | null;
  /** Whether an index is judged before a value. */
  indexFirst: boolean;
  codes: Codes;
  /** What LMSGetErrorString says of the code asked for; `last` is that of the last call. */
  errorString(code: Code, last: Code): string;
  diagnostic(code: Code, last: Code): string;
  /** What LMSGetLastError says of a code. */
  lastError(code: Code, rt: Runtime<Memory, Body>): Code;
  /** How true and false are returned. */
  says(yes: boolean): string;
  /** What LMSGetValue returns of a readable element; `value` is undefined where nothing is held. */
  reads(
    value: Value | undefined,
    element: string,
    rt: Runtime<Memory, Body>,
    initial?: Value,
  ): Value | undefined;
  /** What `_count` returns of a list with n members. */
  counts(n: number, list: string): Value;
  /** What the run-time remembers in a page that was just printed. */
  memory(): Memory;
  /**
   * Called by every LMSInitialize, before it is judged: fills `rt.values`. May throw, as some do.
   */
  begin(rt: Runtime<Memory, Body>): void;
  /** A value was taken: for LMSs that send each one, or set a timer. */
  onSet(rt: Runtime<Memory, Body>, element: string, value: Value): void;
  /** LMSCommit: sends, and says whether that succeeded as far as the LMS can tell. */
  onCommit(rt: Runtime<Memory, Body>): boolean;
  /** LMSFinish, the same. */
  onFinish(rt: Runtime<Memory, Body>): boolean;
  /** What the page does by itself as it goes away (beforeunload); `api` is what the course sees. */
  onLeave(api: Api): void;

  launch(record: TraineeRecord, asked: Asked, settings: Settings): Launch;
  /** The trainee opened the course. */
  launched(record: TraineeRecord, message: LaunchMessage, settings: Settings): void;
  /** Data arrived, as the run-time sent it. */
  receive(record: TraineeRecord, message: DataMessage<Body>, settings: Settings): void;
  /** A teacher replaced the package by another. */
  replaced(record: TraineeRecord, next: Package, settings: Settings): void;
  /** What the gradebook holds. */
  grade(record: TraineeRecord, settings: Settings): number | null;
  held(record: TraineeRecord, settings: Settings): Held;
}

/** What a profile says: only what its LMS does otherwise than SCORM 1.2. */
export type Facts<Memory, Body> = Partial<Omit<Profile<Memory, Body>, "codes" | "memory">> & {
  codes?: Partial<Codes>;
  memory?(): NoInfer<Memory>;
};

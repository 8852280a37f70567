// The shapes that pass between the modules of the simulated LMS. A module names those that it
// uses, with @import {Call} from "./types". What one function is given is a typedef beside it.

import type { ERROR } from "./runtime.js";

// ---- values -----------------------------------------------------------------------------------

/** An element's value in the page: most are texts, some LMSs hold numbers. */
export type Value = string | number;

/** Element → value, as an LMS prints them into its page. */
export type Elements = { [element: string]: Value };

/** Element, or an LMS's own name of one → what is stored. */
export type Stored = { [element: string]: string };

/** An error code of SCORM 1.2, or an LMS's own: "0" for none. */
export type Code = string;

// ---- the data model ---------------------------------------------------------------------------

export interface Row {
  /** Read-only, read and write, or write-only. */
  access: "ro" | "rw" | "wo";
  /**
   * Whether a value is taken; `values` is what the run-time holds. Read-only elements take none.
   */
  takes?(value: string, element: string, values: ReadonlyMap<string, Value>): boolean;
  /** What is held of a value that was taken: the value itself where this is not given. */
  keep?(value: string, old?: Value): Value;
  /** What it is before the first value. */
  initial?: Value;
  /** The error of reading it, where it can only be written and the LMS has an error of its own. */
  unread?: Code;
}

export interface Model {
  /** By the general name, "n" for an index. */
  elements: { [general: string]: Row };
  /** What `_children` gives. */
  children: { [general: string]: string };
  /** What has a `_count`. */
  lists: string[];
}

// ---- the run-time -----------------------------------------------------------------------------

/** Where a run-time is: before LMSInitialize, after it, after LMSFinish. */
export type Phase = "new" | "running" | "finished";

/** How something was sent. */
export type Means = "sync" | "beacon" | "fetch" | "keepalive";

/** An LMS's page as its server sees it: the browser's own means, or those of a test. */
export interface Transport<Body = unknown> {
  /** A synchronous request: whether it succeeded. Throws where the browser cannot send. */
  sync(body: Body): boolean;
  /** sendBeacon: whether it is queued, which says nothing about arrival. */
  beacon(body: Body): boolean;
  /** fetch: whether it succeeded; never rejects. */
  later(body: Body, options?: { keepalive?: boolean }): Promise<boolean>;
  /** Whether the page is going away or hidden: then synchronous requests are denied. */
  leaving(): boolean;
  /** The type of the event being handled in the course's frame or here, or "". */
  handling(): string;
  /** Whether the browser believes that there is a network. */
  online(): boolean;
}

/** Calls something in so many ms; calling what it gives prevents that. */
export type Timer = (call: () => void, ms: number) => () => void;

/** What the behaviours of a run-time are given. */
export interface Runtime<Memory = unknown, Body = unknown> {
  settings: Settings;
  /** What the LMS printed into its page at launch; never changes. */
  page: ReadonlyMap<string, Value>;
  /** What the run-time holds. */
  values: Map<string, Value>;
  /** What the profile has to remember as long as the page lives. */
  memory: Memory;
  transport: Transport<Body>;
  timer: Timer;
  /** What LMSCommit does, for autocommit. */
  commit(): void;
}

/** Arguments come from a course, which may give anything. */
export type ApiFunction = (...args: unknown[]) => unknown;

/** The object that a course finds: the functions that its LMS has, and the last error. */
export type Api = { [name: string]: ApiFunction } & {
  /** Without asking the API: some LMSs ask their server. */
  readonly [ERROR]: Code;
};

/** Faults of the API itself, which may change at any time. */
export interface ApiFaults {
  /** "false" where LMSInitialize fails. */
  initialise?: string;
  /** The elements that LMSSetValue fails for. */
  refuse?: string[];
  /** The functions that throw. */
  throws?: string[];
}

// ---- what an LMS stores -----------------------------------------------------------------------

export interface Learner {
  id: string;
  /** "Last, First". */
  name: string;
}

/** What an LMS takes from a manifest, "" where it has none. */
export interface Package {
  /** The identifier of the item that is launched. */
  item: string;
  mastery: string;
  launchData: string;
}

/** What an LMS stores of one trainee. A profile may keep more in it. */
export interface TraineeRecord {
  package: Package;
  /** The number of the attempt that counts. */
  attempt: number;
  attempts: { [number: string]: Stored };
  /** What the gradebook has, where that is not read off an attempt. */
  grade: number | null;
}

/** What an LMS holds, in words that all share; null where it keeps no such thing. */
export interface Held {
  status: string;
  score: string;
  /** The time of all visits. */
  seconds: number | null;
  location: string;
  state: string;
  /** Leaf → value of each. */
  interactions: Stored[] | null;
}

export type Summary = Held & { grade: number | null };

/** A course was uploaded, or replaced the one before; the same files again are no message. */
export interface PackageMessage extends Package {
  type: "package";
  /** A hash of its files. */
  version?: string;
}

/** The trainee has this already. */
export interface HeldMessage {
  type: "held";
  values: Stored;
}

/** The trainee opened the course. */
export interface LaunchMessage {
  type: "launch";
  mode: string;
  credit?: string;
  /** "new" for a new attempt. */
  attempt: string;
  learner: Learner;
}

/** The browser showed the page of an earlier launch again: the LMS heard nothing of it. */
export interface CopyMessage {
  type: "copy";
}

/** The run-time sent something. */
export interface DataMessage<Body = unknown> {
  type: "data";
  /** The number of the launch, from 1. */
  launch: number;
  /** The attempt that the page was printed for. */
  attempt?: number;
  mode: string;
  credit: string;
  means: Means;
  body: Body;
  /** The number of the page that sent it. */
  page?: number;
}

/** What reached the server, in the order of arrival. */
export type Message = PackageMessage | HeldMessage | LaunchMessage | CopyMessage | DataMessage;

// ---- profiles ---------------------------------------------------------------------------------

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

  // -- its page

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

  // -- the run-time

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

  // -- the server: these get a record of their own, change it and return nothing

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

// ---- a visit, its log and its judge -----------------------------------------------------------

/** A visit, as the fragment of the simulator's address has it. */
export interface Visit extends Asked {
  /** As in profiles.js. */
  profile: string;
  settings: Settings;
  /** "new" for a new attempt. */
  attempt: string;
  /** Printed at launch over what the profile prints. */
  given: Elements;
  /** A popup as the LMS has it; "window": this page in a window of its own, with an opener. */
  window: "frame" | "popup" | "window";
  /** Frames between this page and the course, 0 to 7. */
  levels: number;
  /** The origin of the outermost of these, "" for our own. */
  foreign: string;
  /** Milliseconds until the API is there; negative: there is none. */
  api: number;
  /** The frame's sandbox attribute, where it has one. */
  sandbox: string | null;
  /** The launch file and what follows it, where the manifest's is not wanted. */
  href: string;
}

/** What the server prints into the simulator's page (builder/lms/server.py). */
export interface Printed {
  /** The number of the page. */
  page: number;
  /** Of the package. */
  version: string;
  messages: Message[];
  faults: Faults;
  /** The address of the package. */
  place: string;
}

/** What goes wrong with the LMS; described where it acts, in builder/lms/server.py. */
export interface Faults extends ApiFaults {
  delay: number;
  status: number;
  drop: boolean;
  cut: boolean;
  expired: boolean;
}

/** One call of the API. */
export interface Call {
  /** The number of the launch, from 1. */
  launch: number;
  /** From 0, in this launch. */
  order: number;
  name: string;
  args: string[];
  /** Whether the arguments were strings. */
  strings: boolean;
  value: string;
  /** The code after the call. */
  error: Code;
  /** Milliseconds since the epoch. */
  at: number;
  /** What it threw, or "". */
  threw: string;
  /** Of the value, where the log has only its beginning. */
  length?: number;
}

/** What the judge knows of a visit before the next call. */
export interface JudgedVisit {
  launch: number;
  /** Whether the LMS saves each call by itself, so that writes have to keep apart. */
  paced: boolean;
  /** Whether something failed, so that values may be written again. */
  trouble: boolean;
  /** As far as the LMS agreed. */
  phase: Phase;
  /** Element → what the LMS said. */
  said: Map<string, string>;
  /** Element → what it was told. */
  told: Map<string, string>;
  /** The same since the last commit. */
  batch: Map<string, string>;
  /** When the last value was told. */
  lastWrite: number;
  /** When the oldest was told that is not committed. */
  waiting: number | null;
  /** Whether one had to wait too long. */
  late: boolean;
  /** How many calls count. */
  traffic: number;
  /** Whether the last call that may fail did. */
  failed: boolean;
}

/** All visits together. */
export interface JudgedRun {
  launch: number;
  /** How many calls count, and how many may. */
  traffic: number;
  most: number;
}

/** One thing that the judge finds. */
export interface Rule {
  code: string;
  /** What forbids it: SCORM 1.2, or what our player promises. */
  kind: "specification" | "policy";
  words: string;
  /** Where it is written. */
  source: string;
  /** Whether a call breaks it. */
  call?(call: Call, visit: JudgedVisit): boolean;
  /** Whether a visit did. */
  visit?(visit: JudgedVisit): boolean;
  /** Whether all of them together did. */
  run?(run: JudgedRun): boolean;
}

export interface Finding extends Pick<Rule, "code" | "kind" | "words" | "source"> {
  launch: number;
  /** Of the call; null where a whole visit is meant. */
  order: number | null;
  /** The call as text, "" where a whole visit is meant. */
  call: string;
}

// What passes between the modules of the author's window.

import type {
  Call,
  Faults as LmsFaults,
  Launch as Launched,
  LaunchMessage,
  Learner,
  Means,
  Message,
  PackageMessage,
  Profile,
  Settings,
  Stored,
  Summary,
  TraineeRecord,
} from "../lms/types";

export type {
  Call,
  Launched,
  LaunchMessage,
  Learner,
  Means,
  Message,
  PackageMessage,
  Profile,
  Settings,
  Summary,
  TraineeRecord,
};

/** What the server prints into the page. */
export interface Printed {
  /** Names this run of the server. */
  run: string;
  /** Goes with all that is to be done. */
  token: string;
  /** The origin of the course and its learning system. */
  course: string;
  /** Where the author's files are: it tells the course from others. */
  folder: string;
  /** The learning system to begin with. */
  profile: string;
  /** Whether the author has named a command that opens places. */
  command: boolean;
}

/** A place in the author's files. */
export interface Place {
  path: string;
  line: number;
  column: number;
  text: string;
  /** The address by which VS Code opens it. */
  link: string;
}

export interface SourceLine {
  number: number;
  text: string;
  /** How many characters stand before what is meant. */
  caret: number | null;
  meant: boolean;
}

export interface Problem {
  severity: "error" | "warning";
  code: string;
  message: string;
  hint: string;
  draft: boolean;
  place: Place;
  source: SourceLine[];
}

/** What a reviewer remarked, and nobody has closed yet. */
export interface Remark {
  id: string;
  kind: "comment" | "reply" | "change";
  /** Who remarked it, and when. */
  author: string;
  about: string;
  added: string;
  text: string;
  /** The ids of the pages that show what it is about. */
  pages: string[];
  place: Place;
}

export interface TrackingRules {
  report: "passed-failed" | "completed";
}

/** The course as it is. Title, version and pages are those of the files on view. */
export interface View {
  edition: number;
  held: boolean;
  /** Whether there are newer files than those that are held. */
  behind: boolean;
  uploaded: string;
  good: boolean;
  wrong: boolean;
  title: string;
  version: string;
  draft: boolean;
  /** Whether whoever finishes gets one. */
  certificate: boolean;
  tracking: TrackingRules | null;
  pages: { id: string; title: string; path: string }[];
  problems: Problem[];
  remarks: Remark[];
}

/** What goes wrong (builder/lms/server.py). */
export type Faults = Partial<LmsFaults> & {
  offline?: boolean;
  /** With `expired`: the package is refused, too. */
  locked?: boolean;
  /** How often; null for always. */
  times?: number | null;
};

export interface RecordSoFar {
  messages: Message[];
  faults: Faults;
  calls: Call[];
  /** How many calls there are in all. */
  count: number;
}

/** The learning system that is chosen: a profile of templates/lms, and who learns in it. */
export interface Learning {
  name: string;
  profile: Profile;
  settings: Settings;
  learner: Learner;
}

export interface Outcome {
  met: boolean;
  words: string;
}

/** What a trainee told the learning system, and how far that is. */
export interface Trainee {
  name: string;
  values: Stored;
}

interface Answer {
  text: string | null;
}

/** A saved state, explained (builder/compare/saved.py). */
export interface Explained {
  length: number;
  limit: number;
  worst: number;
  damage: { problem: string } | null;
  head: {
    status: string;
    bookmark: string | null;
    saves: number;
    /** YYYY-MM-DD, "" for none or one that is not known, null where none is kept. */
    finished: string | null;
  } | null;
  pages: { title: string; word: string }[];
  checks: { prompt: string; tries: number; first: boolean; scored: boolean; answer: Answer }[];
  quizzes: {
    title: string;
    attempts: number;
    best: number | null;
    open: boolean;
    word: string;
    answers: { prompt: string; answer: Answer }[];
  }[];
  records: { question: string; date: string; answer: Answer }[];
}

export interface Numbers {
  language: string;
  minutes: number;
  questions: number;
  pages: { title: string; words: number; minutes: number; age: number | null }[];
  unexplained: { id: string; place: Place }[];
  unsourced: { id: string; place: Place }[];
  pictures: { path: string; size: number; pixels: [number, number] | null }[];
  room: { worst: number; limit: number; parts: { what: string; size: number }[] };
}

/** What the server tells, by name. */
export interface Told {
  hello: { run: string; edition: number };
  view: { edition: number };
  record: object;
  changed: { pages: string[]; at: string; whole: boolean };
  at: { page: string; fresh: boolean };
  pointed: { page: string; question: string; block: string };
}

export interface Server {
  /** Hear from now on. */
  listen(): void;
  on<K extends keyof Told>(kind: K, act: (event: Told[K]) => void): void;
  /** The line has broken; the browser tries again by itself. */
  lost(act: () => void): void;
  /** What the server says; whoever asks knows what it is. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, given: object): Promise<T>;
  /** Tells the page that has the course of this window. */
  cue(cue: string, given?: object): Promise<object>;
}

/** What the parts of the window share. */
export interface Desk {
  printed: Printed;
  name: string;
  server: Server;
  view: View | null;
  record: RecordSoFar;
  learning: Learning | null;
  /** The page on view. */
  page: string;
  /** How often the author has changed what goes wrong, or held the package, and the server has heard
   *  of it. */
  touched: number;
  /** Of how many of these it has still to hear. */
  unheard: number;
}

export interface Strip {
  say(words: string | Node[], subject?: string): void;
  clear(subject: string): void;
}

/** What a launch asks for besides what is chosen. */
export interface Asked {
  /** "new" for a new attempt. */
  attempt?: string;
}

export interface Launch {
  begun: boolean;
  /** Show what can be chosen. */
  offer(): Promise<void>;
  /** The first visit in this window: of the trainee that there is. */
  begin(): Promise<void>;
  /** Begin again as the trainee that is chosen. */
  restart(): Promise<void>;
  open(asked?: Asked): void;
  /** Leave as one who goes on to another page of the learning system. */
  leave(): Promise<void>;
}

/** What opens a place in the author's editor. */
export type OpenPlace = (place: Place) => HTMLElement;

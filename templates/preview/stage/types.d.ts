// What passes between the modules that run beside the course.

/** The view of the course has changed, or this page has begun to listen. */
export interface Cue {
  edition: number;
  /** The file with the search index, null for none. */
  search: string | null;
}

export interface Offline {
  on: boolean;
  /** Whether the package is refused: the login has expired. */
  shut: boolean;
}

/** How the course is to look; "" for what the browser prefers. */
export interface Look {
  scheme: "" | "light" | "dark";
  /** The size of its text, in percent. */
  text: number;
  motion: "" | "reduce" | "no-preference";
}

/** What the server tells, by name. */
export interface Cues {
  hello: Cue;
  view: Cue;
  go: { page: string };
  look: Look;
  point: { on: boolean };
  again: object;
  offline: Offline;
}

export interface Line {
  on<N extends keyof Cues>(name: N, act: (cue: Cues[N]) => void): void;
  /** Tells the author's window. */
  tell(kind: "at" | "changed" | "pointed", said: object): void;
}

/** The parts of an outline that are looked at. */
export interface OutlineData {
  pages: { id: string; src: string | null }[];
}

/** A launch page, taken apart. */
export interface Edition {
  digest: string;
  outline: OutlineData;
  first: { id: string; data: string; html: string };
  style: string;
  /** The address of the course's own styles, "" for none. */
  sheet: string;
  /** The address of each logo (logos.js), "" for one that there is not. */
  logo: string[];
  /** What the player is told of the course. */
  about: string;
  /** What stands round the pages. */
  rest: string;
}

/** A page that has changed: its script, or its data where it comes with the course. */
export interface PageChange {
  id: string;
  src: string | null;
  data: object | null;
}

/** What has changed; null for what has not. */
export interface Change {
  /** Whether the course has to be opened again. */
  structure: boolean;
  pages: PageChange[];
  style: string | null;
  sheet: string | null;
  logo: string[] | null;
}

/** Where a trainee is on a page. */
export interface Place {
  page: string;
  top: number;
  /** The summaries of what is open. */
  open: string[];
  /** The tabs on view, by their words. */
  tabs: string[];
  /** The questions whose feedback is on view. */
  told: string[];
  fields: { id: string; value: string; checked: boolean }[];
}

/** A part of a page: the number of a block, or a question's id. */
export interface Pointed {
  page: string;
  question: string;
  block: string;
}

export type PlayerWindow = Window & {
  scormBuilder: {
    add(kind: string, id: string, data: unknown): void;
    again?(): Promise<void>;
  };
};

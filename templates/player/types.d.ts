// The shapes that pass between the player's modules. A module names those that it uses, with
// @import {State} from "../types".

/** Characters of six bits each: a page, a question or a record item, with its revision. */
export type Key = string;

/** The values of cmi.core.lesson_status in SCORM 1.2 that the player sets. */
export type Status = "incomplete" | "failed" | "completed" | "passed";

/** A score, or the credit for an answer: from 0 to 10000. */
export type Hundredths = number;

// ---- the state (docs/state.md) ------------------------------------------------------------------

/** The tries at one practice question. */
export interface Check {
  /** From 0 to 7. */
  tries: number;
  /** Whether the first try was right. */
  first: boolean;
  response: string;
}

/** The attempts at one quiz. */
export interface Quiz {
  /** From 0 to 1023, the one under way included. */
  attempts: number;
  /** The score that counts, null before the first attempt is finished. */
  best: Hundredths | null;
  /** Whether an attempt is under way. */
  open: boolean;
  /** The responses of the attempt under way, or of the last one. */
  answers: Map<Key, string>;
}

/** A trainee's words in one item of a record. */
export interface RecordEntry {
  /** YYYY-MM-DD, or "". */
  date: string;
  text: string;
}

/** The parts of a state that damage is kept to. */
export interface Sections {
  /** Pages visited. */
  visited: Set<Key>;
  /** Questions practised. */
  checks: Map<Key, Check>;
  /** By the key of the quiz's page. */
  quizzes: Map<Key, Quiz>;
  records: Map<Key, RecordEntry>;
  /** Questions of whose answers the LMS is still to be told. */
  late: Set<Key>;
  /**
   * The day on which the course was finished, as YYYY-MM-DD: "" where it was not, or that is not
   * known, null where none is kept, since the course has no certificate.
   */
  finished: string | null;
}

export type Section = keyof Sections;

/** All that is known of a trainee: cmi.suspend_data in words. */
export interface State extends Sections {
  /** A random name of 8 characters; no other attempt has it. */
  attempt: string;
  /** How often it was sent. */
  saves: number;
  status: Status;
  score: Hundredths | null;
  /** Whether the LMS has confirmed status and score. */
  reported: boolean;
  /** Interactions that the LMS was told. */
  interactions: number;
  /** The page where the trainee is, or "". */
  bookmark: Key;
  /** The edition of the course that was seen last, or "". */
  edition: string;
  /** Sections that could not be read. */
  lost: Section[];
}

/** Whether a key of a section belongs to this course; "answers" are those of quizzes. */
export type Known = (section: string, key: Key) => boolean;

/** Leaves out what matters least of a state that is too long. */
export type Shortening = (state: State) => State;

/** Collects bits, the highest of each number first. */
export interface BitWriter {
  write(number: number, width: number): void;
  /** All bits as characters of six bits each. */
  text(): string;
}

/** Reads what a writer wrote; throws for what it cannot have written. */
export interface BitReader {
  read(width: number): number;
  /** Nothing but the zeros that fill the last character may be left. */
  end(): void;
}

// ---- the course ---------------------------------------------------------------------------------

/** The names and revisions that something had in earlier editions. */
export interface Former {
  /** Keys of the same thing under other ids. */
  same: Key[];
  /** Keys of earlier revisions. */
  changed: Key[];
}

/**
 * The things to be done before a page opens, as the builder writes them: ids of pages, titles of
 * modules.
 */
export interface Lock {
  pages?: string[];
  modules?: string[];
  /** Quizzes that have to be passed. */
  passed?: string[];
}

/** One condition of a lock. */
export interface Gate {
  /** The title of the page or module that is waited for. */
  title: string;
  pages: Page[];
  until: "done" | "passed";
}

/** How the quiz of a page counts. */
export interface QuizRules {
  /** 0 is no limit. */
  attempts: number;
  /** Percent. */
  pass_mark: number;
  /** Whether it is judged by itself. */
  alone: boolean;
  keep: "best" | "last";
  /** To two decimals. */
  weight: number;
}

/** The keys of what a page asks. */
export interface Needs {
  check?: Key[];
  quiz?: Key[];
  record?: Key[];
}

/** A page in the outline. */
export interface Page {
  id: string;
  key: Key;
  title: string;
  kind: "page" | "quiz" | "record";
  /** How long it takes. */
  minutes: number;
  /** The chunk that has it; null for the first page, which comes with the course. */
  src: string | null;
  lock?: Lock;
  /** The gates before it; put in by locks.js. */
  waits?: Gate[];
  quiz?: QuizRules;
  needs?: Needs;
  /** Put in at the start, from `former` of the outline. */
  former?: Former;
}

/** A page with a quiz, which has its rules. */
export type QuizPage = Page & { quiz: QuizRules };

export interface Module {
  title: string;
  /** How many pages it has; they stand one after another. */
  count: number;
  /** Its name as an objective of the LMS. */
  id?: string;
  lock?: Lock;
}

export interface Outline {
  modules: Module[];
  /** Those with which the course begins, as long as the outline is `partial`. */
  pages: Page[];
  /** How many pages the course has. */
  of: number;
  /** Whether the rest is still to come, behind the first view. */
  partial?: boolean;
  former?: Record<Key, Former>;
  /** Questions of whose answers not a word is kept, former ones too; see private-words.js. */
  private?: Key[];
  /** Whether whoever finishes gets a certificate. */
  certificate?: boolean;
}

/** `tracking:` of the course. */
export interface Tracking {
  pages: "all" | "none";
  report: "passed-failed" | "completed";
  /** Percent. */
  pass_mark: number;
  attempts: number;
  keep: "best" | "last";
  failed: "after-last-attempt" | "never";
  score: boolean;
  /** The mark in the manifest, in percent; null where there is none. */
  mastery: number | null;
  comments: boolean;
  journal: boolean;
}

/** How one quiz stands. */
export interface QuizStanding {
  key: Key;
  score: Hundredths | null;
  weight: number;
  alone: boolean;
  passed: boolean;
  /** Whether another attempt, or the one under way, could still raise the score. */
  open: boolean;
}

/** How far a trainee is in a course. */
export interface Standing {
  /** Tracked pages that are not visited, and record pages that are not done. */
  left: number;
  /** These, and quizzes that are not done. */
  todo: Page[];
  quizzes: QuizStanding[];
}

/** Status and score for the LMS. */
export interface Verdict {
  status: Status;
  score: Hundredths | null;
}

/** What the work of a trainee comes to, and the `day` on which that is said, as YYYY-MM-DD. */
export type Judgement = Verdict & { day: string };

/** Where a page stands in the contents; a key of the interface's texts. */
export type PageStatus =
  | "not_started"
  | "changed"
  | "visited"
  | "started"
  | "done"
  | "quiz_passed"
  | "quiz_not_passed";

// ---- questions ----------------------------------------------------------------------------------

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
  /** The page where the answer stands. */
  /** The page it is answered on, and the heading above that passage. */
  source: { id: string; title: string; heading?: string } | null;
  shuffle: boolean;
  /** Whether the right answer is shown with every answer, or never; null is once one has tried. */
  reveal: "always" | "never" | null;
}

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

/** The questions of a quiz, as its page has them. */
export interface QuizData {
  /** Ids of questions that every attempt asks. */
  fixed: string[];
  draws: { count: number; from: string[] }[];
  shuffle_questions: boolean;
  shuffle_options: boolean;
  feedback: "at-once" | "at-end" | "never";
  retake: "all" | "wrong";
}

/** The contents of a page. */
export interface PageData {
  html: string;
  text: Record<string, string>;
  questions: Record<string, Question>;
}

/** The contents of a page with a quiz. */
export interface QuizPageData extends PageData {
  quiz: QuizData;
  /** The HTML of each question's form, by its id. */
  forms: Record<string, string>;
}

// ---- interactions -------------------------------------------------------------------------------

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

/** What the LMS is told of single answers: a list that only grows. */
export interface Interactions {
  /** As at the start of a visit, where the LMS was reached only later. */
  begin(said: string, before: number): void;
  /** Append one answer. `at` is when it was given: now, if left out; null where nobody knows. */
  add(answer: Answer, at?: Date | null): void;
  /** Elements and values not yet confirmed. */
  values(): Pair[];
  /** Whether any answer is not written yet. */
  waiting(): boolean;
  /** Whether the LMS says that it has all that earlier visits wrote. */
  complete(): boolean;
  /**
   * How many the LMS has when it has these values, and one more while this visit has not come to
   * some of those that are `late`: what an LMS counts must not seem complete then.
   */
  count(late: Set<Key>): number;
  /**
   * The keys of questions of which the LMS is still to be told, once it has what is written now:
   * those `before` that this visit has not come to, those written of which not all `has(pair)`
   * arrived, with `leaving` those not written yet, and those whose places the next visit takes.
   */
  late(before: Set<Key>, has: (pair: Pair) => boolean, leaving: boolean): Set<Key>;
  /** What `values` gave so far; call what this returns once the LMS has stored it. */
  sent(): () => void;
  /**
   * A commit failed before this one: an LMS may count the answers as sent although it lost them
   * (facts/moodle.md#transport), so they are appended once more.
   */
  repeat(): void;
  /**
   * The LMS did not take these pairs, of a batch of which it took `some`. Without its id an answer
   * has no place in the list, which may not have gaps: it and those after it go there once more.
   * Gives the pairs to be written anew. What is refused again is left out; an LMS that takes
   * nothing says nothing of one answer.
   */
  refused(pairs: Pair[], some: boolean): Pair[];
}

// ---- a quiz -------------------------------------------------------------------------------------

/** The score of one attempt. */
export interface Earned {
  /** How many questions count. */
  scored: number;
  right: number;
  partly: number;
  hundredths: Hundredths;
}

/** How the quizzes stand that are judged together with one. */
export interface Total {
  /** How many these are. */
  quizzes: number;
  score: Hundredths;
  /** The rest of the course that is to be done, without this quiz. */
  todo: Page[];
  /** Whether the course has a final result. */
  finished: boolean;
}

// ---- the store and the words --------------------------------------------------------------------

/** The one state of the visit, and who wants to know when it changes. */
export interface Store {
  readonly state: State;
  /** Counts the changes. */
  version: number;
  /** When somebody last typed in a field, in ms of the page's clock. */
  typed?: number;
  /** `soon` is false for a change that may wait for the next save, such as a letter typed. */
  change(act: (state: State) => void, soon?: boolean): void;
  /** What saving itself keeps in the state: no change of the trainee's, so nobody hears of it. */
  note(act: (state: State) => void): void;
  /** Wait no longer with changes that could wait. */
  hurry(): void;
  subscribe(listener: (soon: boolean) => void): void;
}

/** Values for the {names} of a text. */
export type Values = Record<string, string | number>;

/** The words of the interface in the course's language. */
export interface Say {
  (key: string, values?: Values): string;
  /** The text for a number: key_one or key_other and so on. */
  count(key: string, n: number, values?: Values): string;
  /** More texts, which a page brings along. */
  add(more: Record<string, string>): void;
  /** Hundredths of a percent in words. */
  percent(hundredths: Hundredths): string;
  /** A day, written 2026-01-31, in words. */
  day(date: string): string;
  /** Texts one after another: a, b and c. */
  list(items: string[]): string;
  /** The language of numbers. */
  language: string;
}

// ---- the page -----------------------------------------------------------------------------------

/** Attributes of an element: a false or null one is left out, `on…` is a listener. */
export type Attributes = Record<
  string,
  string | number | boolean | null | undefined | ((event: Event) => void)
>;

/** Words on a button, and what it does; it gets the notice that it stands in. */
export type Action = [words: string, act: (notice: HTMLElement) => void];

/** Messages above the page: one at a time for each subject. */
export interface Notices {
  hide(subject: string): void;
  /**
   * Shows a message in place of an earlier one of its subject, and gives it. An `alert` is read out
   * at once; only its words are, not the buttons. A message that is shown already stays as it is,
   * with its focus, and is read out again only if the trainee has pressed a button in it. The nodes
   * of `body` come after the words. The first of `actions` stands out. Where the message of the
   * subject `within` is shown, this one stands in it, and its buttons do for both.
   */
  show(
    subject: string,
    words: string,
    options?: { alert?: boolean; actions?: Action[]; body?: Node[]; within?: string },
  ): HTMLElement;
}

/** How saving went, as the trainee is told. */
export type Outcome = "saving" | "saved" | "unconfirmed" | "failed" | "off";

export interface SaveStatus {
  /** `words` say why nothing is recorded, for "off". */
  tell(outcome: Outcome, words?: string): void;
  /** Calls a function with the outcome now, and with each later one. */
  listen(hear: (outcome: Outcome) => void): void;
  /** Calls one function once saving fails, and the other once that is over. */
  whileFailing(begin: () => void, end: () => void): void;
}

/** The views and the way between them. */
export interface Navigation {
  /** The page on view, null on any other view. */
  readonly current: Page | null;
  /** Whether the cover is on show. */
  readonly covered: boolean;
  /** Whether the trainee has turned to the contents, say, since the page was asked for. */
  away(): boolean;
  /** The trainee turns there, or back: a page that comes leaves the focus there. */
  turn(away: boolean): void;
  /** The page that was on view last, locked or not; null for the cover. */
  readonly before: Page | null;
  /** Whether the view is still the one that the course begins with. */
  readonly atStart: boolean;
  /** Shows the page that the address names, or the first view; later, follows the address. */
  start(): void;
  go(id: string): void;
  /**
   * Shows the page on view afresh, because more is known of it; place and focus stay. One that is
   * on its way comes as fresh.
   */
  again(): Promise<void>;
  /** Shows the first page as if for the first time. */
  restart(): void;
  /** Shows a view that is not a page: nodes with an h1, which gets the focus. */
  view(...nodes: (Node | string)[]): void;
  /** A page may have opened meanwhile. */
  refresh(): void;
  /** All pages are known, and which of them are locked: null for none in the whole course. */
  complete(locks: Locks | null): void;
  /** Follows the address no longer. */
  close(): void;
}

/** Why something could not be loaded; `src` is where it should have come from. */
export type LoadError = Error & { src?: string };

/** Which pages are not open, and why: locks.js. */
export interface Locks {
  /** Why a page is not open, else null. */
  reason(page: Page): string | null;
  /** The view that stands in for a page that is not open, else null. */
  view(page: Page): HTMLElement[] | null;
  /** Says before an element why the next page is not open; nothing where it is, or without one. */
  tellAhead(page?: Page, before?: HTMLElement): void;
}

// ---- the search ---------------------------------------------------------------------------------

/** The search's index, as the builder writes it. */
export interface SearchIndex {
  pages: { id: string; noted?: boolean; parts: [heading: string, text: string][] }[];
  /** Whether only the beginnings of long pages are in it. */
  cut?: boolean;
  text: Record<string, string>;
}

/** A paragraph with its folded words; `heading` is the id of the one above it, or "". */
export interface Paragraph {
  heading: string;
  text: string;
  words: string[];
}

/** A page as it is searched. */
export interface Searched {
  page: Page;
  noted: boolean;
  /** The folded words of its title. */
  title: string[];
  paragraphs: Paragraph[];
}

/** A page that has every word; the paragraph to show of it, if any. */
export interface Hit {
  page: Page;
  paragraph: Paragraph | null;
}

// ---- a quiz on view -----------------------------------------------------------------------------

/** The means that the quiz of a page gets. */
export interface QuizGiven {
  place: HTMLElement;
  entry: QuizPage;
  data: QuizPageData;
  course: { title: string };
  behaviourOf: BehaviourOf;
  store: Store;
  interactions: Interactions;
  outline: Outline;
  tracking: Tracking;
  /** Why a page is not open, else null. */
  locked(page: Page): string | null;
  /** Starts the components of an element that is shown only now. */
  mountInside(element: HTMLElement): void;
  say: Say;
}

/** An attempt that is over, as the results show it. */
export interface QuizReview {
  /** The ones answered in the attempt. */
  questions: Question[];
  behaviourOf: BehaviourOf;
  quiz: Quiz;
  creditOf(question: Question): Hundredths;
  scored: Earned;
  total: Total;
  /** The pass mark that `total.score` has to reach. */
  mark: Hundredths;
  passed: boolean;
  /** The page that comes next, once the quiz is passed. */
  onward: Page | null;
  /** Whether the last score counts rather than the best. */
  last: boolean;
  /** Whether the trainee is told which answers were right. */
  telling: boolean;
  /** Whether no attempt is left. */
  over: boolean;
  /** Whether the trainee is told what would have been right. */
  tells(question: Question): boolean;
  /** The HTML of each question's form, by its id. */
  forms: Record<string, string>;
  state: State;
  /** How to go on. */
  next: (HTMLElement | null)[];
  /** Whether Contents lists a page as not read, done or passed. */
  unread: boolean;
  /** Why a page is not open, else null. */
  locked(page: Page): string | null;
  say: Say;
}

// ---- a record -----------------------------------------------------------------------------------

/** One item of a record, to be answered in a trainee's own words. */
export interface RecordItem {
  key: Key;
  /** The most letters of the state that its text may have. */
  limit: number;
}

/** The lines of a record that a manager signs, in words. */
export interface SignedLines {
  learner: string;
  status: string;
  score: string;
  /** The day on which the course was finished, or why there is none. */
  completed: string;
  /** The beginning of the package's digest. */
  digest: string;
}

// ---- the way between views ----------------------------------------------------------------------

/** The means that the navigation gets. */
export interface NavigationGiven {
  /** The place of the views. */
  main: HTMLElement;
  /** The view before the first page, if there is one. */
  cover: Cover | null;
  /** The buttons to the pages before and after. */
  pager: [previous: HTMLElement, next: HTMLElement];
  progress: HTMLElement;
  outline: Outline;
  course: { title: string };
  say: Say;
  load(entry: Page): Promise<PageData>;
  /** Waits for the whole outline; rejects where it cannot be had. */
  whole(): Promise<void>;
  /** Called with each page's fresh article. */
  shown(entry: Page, data: PageData, article: HTMLElement): void;
  /** Called when a view of why a page is locked stands in for it. */
  barred(): void;
  /** Called before a page goes. */
  left(entry: Page): void;
  /** Says that a page cannot be loaded; with null, that this is over. */
  failed(retry: (() => void) | null, error?: LoadError, page?: Page): void;
  /** Shows the view of an address that is no page's. */
  other(): void;
  /** Hears of each view that comes on show. */
  moved(): void;
}

/** The view before the first page. */
export interface Cover {
  /** Its HTML. */
  source: string;
  /** Puts in the button that leads into the course. */
  fill(): void;
}

/** What the cover leads to. */
export interface CoverGiven {
  main: HTMLElement;
  say: Say;
  /**
   * The page to go to, and whether the trainee has been in the course before; `awaited` is that it
   * is not known yet.
   */
  target(): { page: Page; begun: boolean; awaited: boolean };
  /** Hears that the cover is on show. */
  shown(): void;
  go(id: string): void;
}

/** The views as they stand. */
export interface Views extends NavigationGiven {
  locks: Locks;
  go(id: string): void;
  /** The page on view, null on any other view. */
  current: Page | null;
  /** The page on view, or the one that a view of why it is locked stands in for. */
  place: Page | null;
  /** The last one that was on view, null for the cover: views that are not pages lead back. */
  before: Page | null;
  /** The ticket of the page that is on its way: none with another ticket arrives. */
  coming: object | null;
  /** Whether the trainee has turned to something round the pages since the page was asked for. */
  away: boolean;
  /** Whether the address is followed no longer. */
  closed: boolean;
  /** Whether the cover is on show. */
  covered: boolean;
}

/** The means that the panel of the search gets. */
export interface SearchGiven {
  place: HTMLElement;
  /** The chunk of builder/render/search.py. */
  index: SearchIndex;
  /** The outline's pages. */
  entries: Page[];
  /** Why a page is not open, else null. */
  locked(page: Page): string | null;
  say: Say;
  /** Called when a trainee follows a result. */
  close(): void;
}

// ---- the LMS ------------------------------------------------------------------------------------

/** An element of SCORM 1.2's data model and its value. */
export type Pair = [element: string, value: string];

/** Calls a function after some ms; as setTimeout does. */
export type Timer = (call: () => void, ms: number) => unknown;

/** Milliseconds, which no change of the date touches. */
export type Clock = () => number;

/** The object by which an LMS can be called: what it has, and what that gives, is up to the LMS. */
export type Api = Record<string, unknown>;

/** Where an API was found. */
export interface FoundApi {
  api: Api;
  window: Window;
  /** Whether its window is around this one, rather than the opener's. */
  around: boolean;
}

/** One visit over an API; nothing here throws. */
export interface Session {
  readonly state: "closed" | "running" | "finished";
  /** Whether there is an API. */
  found: boolean;
  /** Whether the LMS can be told to close a visit; one that cannot saves each call by itself. */
  canFinish: boolean;
  initialise(): boolean;
  /** The value of an element, "" where the LMS gives none. */
  get(element: string): string;
  /** As `get`, but null where the LMS failed to read the element. */
  read(element: string): string | null;
  /** Whether the LMS took the value. */
  set(element: string, value: string): boolean;
  /** Whether the LMS says that it has stored; null where it has no such function. */
  commit(): boolean | null;
  /** Acts once no call of the LMS is on the stack. */
  idle(act: () => void): void;
  /** The LMS is gone: nothing more is called. */
  drop(): void;
  finish(): boolean;
}

/** What the LMS says at the start of a visit; "" is unknown. */
export interface Launch {
  recording: boolean;
  /** Whether the result counts. */
  credit: boolean;
  status: string;
  score: string;
  location: string;
  /** The learner's. */
  id: string;
  learner: string;
  /** What was kept, null where the LMS failed to say. */
  state: string | null;
  /** What it counts of them. */
  interactions: string;
}

/** How the line to the LMS's server was found: "unknown" where the request says nothing of it. */
/**
 * "up": it was seen that the LMS's own request was answered. "reached": a request of ours was.
 */
export type LineState = "up" | "reached" | "down" | "unknown";

/** A request of the LMS's page, by the clock of this window. */
export interface FoundRequest {
  /** Without its query. */
  address: string;
  start: number;
  end: number;
  ok: boolean;
  /** Whether it is known to have failed. */
  failed: boolean;
}

/** What browsers tell of the LMS's requests. */
export interface Evidence {
  /** A promise of how the LMS's requests for a delivery ended, "" where none was seen. */
  seen(delivery: Delivery, each?: boolean): Promise<LineState | "">;
}

export interface Line {
  /** What the browser says at once. */
  online(): boolean;
  check(delivery: Delivery, each?: boolean): Promise<LineState>;
}

/** What the LMS has of the result. */
export interface Confirmed {
  status: string;
  score: Hundredths | null;
}

/** How far each module is, for LMSs that keep objectives. */
export interface Objectives {
  /** Elements and values to be written with one save, or with the `last`, as far as calls allow. */
  values(last: boolean): Pair[];
  /** These pairs were written; call what this returns once the LMS has stored them. */
  sent(pairs: Pair[]): () => void;
  /** What was not confirmed is lost. */
  lost(): void;
  /** The LMS refused one: no more in this visit. */
  stop(): void;
  /** Whether the LMS has confirmed everything. */
  settled(): boolean;
}

/** What this tab remembers of its visits. */
export interface VisitMark {
  /** The state is on its way to the LMS. */
  sent(state: State): void;
  /** `confirmed` is the state's counter of saves. */
  keep(change: { confirmed?: number; reloaded?: boolean }): void;
}

/** What saves a visit that is recorded. */
export interface Saving {
  /** What the LMS holds. */
  reported: Confirmed;
  /** Save at the next chance. */
  save(): void;
  /** Save now, because the page is hidden or going away. Whether the LMS says it has stored. */
  flush(): boolean | null | undefined;
  /**
   * Save now and wait, for some seconds at most, for the LMS to have it all: "saved", "unconfirmed"
   * or "failed", which it also is where nothing is written any more. What is not known by then is
   * not confirmed.
   */
  confirmed(): Promise<Outcome>;
  /** Write nothing more: another window has gone on with the visit, or its LMS is gone. */
  stop(): void;
  /** Save and close the visit for good. Whether the LMS says it has stored. */
  close(): boolean | null | undefined;
}

/** What a visit is saved with. */
export interface SavedVisit {
  store: Store;
  /** A running one. */
  session: Session;
  launch: Launch;
  outline: Outline;
  tracking: Tracking;
  interactions: Interactions;
  objectives?: Objectives | null;
  /** What the trainee's work comes to; null before all pages are known. */
  judge(): Judgement | null;
  /** What a state that is too long can do without; nothing before all pages are known. */
  shortenings(): Shortening[];
  /** Of the bookmark. */
  location(): string;
  line: Line;
  mark?: VisitMark;
  /** Hears what save-status.js shows, each time that it is another. */
  report(outcome: Outcome): void;
  timer: Timer;
  clock: Clock;
}

/** What is known of the LMS and of the moment when a batch is made. */
export interface Facts {
  /** The store's. */
  version: number;
  /** Whether the state has changed, or has to be another one to be sent again. */
  changed: boolean;
  /** Whether the page is going away. */
  leaving: boolean;
  /** Whether only the state can go. */
  alone: boolean;
  /** Elements that are lowered on purpose, so that the LMS sends them again. */
  lower: string[];
  /** Answers that the LMS is to have. */
  answers: Pair[];
  /** Whether some of these may have been lost on the way. */
  behind?: boolean;
  /** What the state is to say: whether the result is confirmed, and of answers. */
  noted: Pick<State, "reported" | "late" | "interactions">;
  /** Sections of the state that are written as something else. */
  kept: Partial<State>;
  /** Of the page, as the LMS keeps it. */
  location: string;
  /** Ms of this visit. */
  elapsed: number;
  /** What the LMS is to have of the modules, then of the course. */
  results: Pair[];
}

/** What is written with one save, from one look at the state. */
export interface Batch extends Facts {
  /** All that the LMS is to have, in this order. */
  pairs: Pair[];
  noted: Pick<State, "reported" | "late" | "interactions" | "saves">;
  /** Whether the state has no room. */
  full: boolean;
}

/** What the LMS has taken, as far as is known. */
export interface Ledger {
  /** Elements of which it ever took a value in this visit. */
  taken: Set<string>;
  /** Whether a value was written, and is not known to be lost. */
  has(pair: Pair): boolean;
  enter(pair: Pair, took: boolean): void;
  /** A value that was written has not reached the LMS. */
  forget(pair: Pair): void;
  /** What is refused time and again is left alone. */
  close(delivery: Delivery): void;
}

/** What a queue writes with. */
export interface Ways {
  store: Pick<Store, "typed">;
  /** Called when a batch starts, so that it holds the latest; whether it is the `last`. */
  plan(leaving: boolean, last: boolean): Batch;
  session: Pick<Session, "set" | "commit">;
  line: Pick<Line, "online">;
  ledger: Ledger;
  /** Whether a final status may wait for what comes before it. */
  patient(): boolean;
  /** Hears of each batch once it is committed. */
  done(delivery: Delivery): void;
  timer: Timer;
  clock: Clock;
  /** Ms between two values of a batch, at least. */
  pace?: number;
}

export interface Deliverer {
  write(to: Delivery, pair: Pair): void;
  commit(delivery: Delivery): void;
  /** Writes what is left, apart where calls are felt, as long as it `goesOn()`; then `done()`. */
  run(delivery: Delivery, goesOn: () => boolean, done: () => void): void;
  /** For how many ms the last call has stopped the page, 0 where that was not felt. */
  slow(): number;
}

export interface Queue {
  /** Ask for a batch: at once, or when the last is far enough away or `delay` ms are over. */
  request(delay?: number): void;
  /**
   * Write and commit now, because the page is going away; `last` is for good. Where writes need
   * pacing only the state goes: the rest follows if the page stays, and from the state at the next
   * launch. Gives whether the LMS says that it has stored.
   */
  flush(last?: boolean): boolean | null | undefined;
  /** Whether the last batch has begun. */
  closing(): boolean;
  /** Nothing is written any more. */
  close(): void;
}

/** A batch on its way. */
export interface Delivery {
  batch: Batch;
  /** What is still to be written. */
  left: Pair[];
  sent: Pair[];
  refused: Pair[];
  /** Ms for which calls of the LMS have stopped the page. */
  took: number;
  /** When it began, all was given, and LMSCommit was over (reachability.js, instant). */
  since?: number;
  given?: number;
  until?: number;
  /** Whether the line was down meanwhile. */
  dark?: boolean;
  /** Whether something that counts was refused. */
  short?: boolean;
  /** Whether the LMS says that it has stored; null where it cannot be asked. */
  sure?: boolean | null;
  /** How the line was found afterwards. */
  line?: LineState;
}

/** What earlier deliveries have left behind. */
export interface Trouble {
  /**
   * "down" or "unknown" after one that did not arrive, until one does; then "mending" until what
   * was lost has been lowered; else "" or nothing.
   */
  line?: LineState | "mending" | "";
  /** Whether the line was ever up. */
  proved?: boolean;
  /** Whether it was ever seen that the LMS saves. */
  witnessed?: boolean;
  /** Elements of what was lost. */
  lost: string[];
  /** Failures in a row. */
  failures: number;
  /** These, but for those of a line that was known to be down. */
  tries: number;
}

/** What follows from a delivery. */
export interface Effects {
  trouble: Trouble;
  /** Whether the LMS has it. */
  arrived?: boolean;
  /** What has not reached the LMS. */
  lost?: Pair[];
  /** Whether answers are to be appended once more. */
  repeat?: boolean;
  /** What the trainee is told, if anything. */
  tell?: Outcome;
  /** In how many ms all is written once more, if it is. */
  again?: number;
}

// ---- the visit ----------------------------------------------------------------------------------

/** Runs `act` and returns what it gives; a fault is told, not thrown. */
export type Guard = <T>(component: string, act: () => T) => T | undefined;

/** Which course this is. */
export interface Course {
  title: string;
  language: string;
  /** Of the package, 64 hexadecimal digits. */
  digest: string;
  edition: string;
}

/** Which chunk it is, and the file that has it. */
export type ChunkName = [kind: string, id: string, src: string];

/** What the page itself brings of the course. */
export interface CourseData {
  course: Course;
  tracking: Tracking;
  text: Record<string, string>;
  /** Its beginning. */
  outline: Outline;
  /** The whole of it, with what only courses with locks or modules need. */
  rest: ChunkName;
  /** What stands round the pages. */
  visit: ChunkName[];
}

/** Files of the package that come as scripts and styles. Whoever asks knows what a chunk brings. */
export interface Chunks {
  /** What each chunk calls, and what the page brings itself. */
  add(kind: string, id: string, data: unknown): void;
  /** What has arrived already of this name. */
  arrived(kind: string, id: string): unknown;
  /** The data of a chunk; rejects with a LoadError where it is gone or out of reach. */
  load(...chunk: ChunkName): Promise<unknown>;
  /** The data of several. */
  loadAll(chunks: ChunkName[]): Promise<unknown[]>;
}

/** The data of a page that has loaded, with the parts of the player that it needs. */
export type LoadedPage = PageData & { parts: ChunkName[]; record?: RecordItem[] };

/** What the components of a page are given. */
export interface Given extends WholeCourse, Work {
  entry: Page;
  data: LoadedPage;
  behaviourOf: BehaviourOf;
  locked(page: Page): string | null;
  say: Say;
  former: Outline["former"];
  course: Course;
  link: Link;
  /** Status and score as the LMS has them; {} where nothing is known of it. */
  held(): Partial<Confirmed>;
  /** Starts the components of what is shown only now. */
  mountInside(element: HTMLElement): void;
}

/** What makes a part of a page work. */
export interface Component {
  name: string;
  /** Where it is in a page. */
  selector: string;
  /** Starts it; may give a function that puts away what it holds back. */
  mount(element: HTMLElement, given: Given): (() => void) | undefined;
}

/** What the scripts of the package call, window.scormBuilder. */
export interface Registry {
  /** Called by every chunk: by that of a component, and by all others. */
  add(kind: "part", id: string, component: Omit<Component, "name">): void;
  add(kind: string, id: string, data: unknown): void;
  /** The registration hook for question types; see questions/choice.js. */
  question<Q extends Question>(type: string, behaviour: Behaviour<Q>): void;
  /** Shows the page on view anew, as it was added last; what stands round the pages brings this. */
  again?(): Promise<void>;
}

/** A file with the scripts of these pages; without any, with what all pages need. */
export interface Bundle {
  src: string;
  pages: string[];
}

/** What the part of the package behind the first page shows and says. */
export interface Shown {
  /** The id of the course. */
  course: string;
  text: Record<string, string>;
  /** HTML. */
  about: string;
  /** HTML. */
  exit: string;
  /** HTML; null where the course has no help. */
  help: string | null;
  search: ChunkName[] | null;
  /** What is fetched ahead of need. */
  ahead: Bundle[];
  comments: ChunkName[] | null;
  certificate: ChunkName[] | null;
  /** Keys of questions that are answered in a trainee's own words. */
  typed: Key[];
}

/** How the course went, as the trainee is told. */
export interface CourseResult {
  /** "" where it is not known. */
  status: Status | "";
  score: Hundredths | null;
  /** What the score has to reach, 0 for nothing that can be said of all. */
  mark: Hundredths;
  /** Whether only passing is left. */
  taken: boolean;
  todo: Page[];
  /** Whether no attempt is left with which the course could be passed. */
  spent: boolean;
  /** The key of whose word it is, where it is not the visit's own. */
  source?: string;
}

/** What stands round the pages. */
export interface Surroundings {
  /** By their addresses; each shows itself, with the way back to a page. */
  views: Record<string, (before: Page | null) => void>;
  /** Adds to a notice why a file could not be loaded. */
  explain(notice: HTMLElement, src?: string): void;
  /** The trainee has gone on: takes the choice away. */
  resumed(): void;
  /** Another view is on show. */
  moved(): void;
}

/** What is known of earlier visits. */
export interface EarlierVisits {
  /** Whether there was a state, and it could be read. */
  read: boolean;
  /** Whether the course has another edition now. */
  changed: boolean;
  /** The pages that were visited. */
  seen: Set<Key>;
}

/** What a tab remembers of the visits of a course. */
export interface Mark {
  attempt: string;
  /** The counters of saves that were last sent and last confirmed. */
  sent: number;
  confirmed: number;
  /** Whether the attempt is over. */
  over: boolean;
  /** Whether the LMS's page was loaded anew since. */
  reloaded: boolean;
}

/** The place where that is remembered. */
export interface MarkKeeper {
  /** What is remembered, null for nothing. */
  read(): Mark | null;
  /** The state is on its way to the LMS. */
  sent(state: State): void;
  /** More to remember. */
  keep(change: Partial<Mark>): void;
}

/** What is known of an old copy of the LMS's page. */
export interface OldCopy {
  mark: MarkKeeper;
  /** What the LMS had said of the visit, where that is an old copy. */
  launch: Launch | null;
  /** Whether the LMS's page was loaded anew because of one. */
  left: boolean | undefined;
  /** Whether what an LMS that is there has said is an old copy. */
  isOld(launch: Launch): boolean;
}

/** “Copy my answers”: the button for notices, and what it needs. */
export interface Copying {
  /** Its function gives a promise of whether the text was copied. */
  action: [words: string, copy: (notice: HTMLElement) => Promise<boolean>];
  /** Loads what it needs, while there is a line. */
  prepare(): void;
}

/** What the part shell-objectives brings, which makes the objectives of a visit. */
export type ObjectivesPart = (given: {
  session: Session;
  outline: Outline;
  state: State;
  tracking: Tracking;
  higher: typeof import("./state/tracking.js").higher;
  verdict: typeof import("./state/tracking.js").verdict;
  measure: typeof import("./state/progress.js").measure;
}) => Objectives | null;

/** What the trainee is told of the visit. */
export type Welcome = ReturnType<typeof import("./app/welcome.js").createWelcome>;

/** What a visit that is recorded has. */
export interface Recorded {
  /** The visit is recorded from now on, or with another LMS. */
  start(): void;
  /** Whether this browser has all that was done. */
  kept(): boolean;
}

// ---- what this browser keeps --------------------------------------------------------------------

/** An attempt as the database has it; players of other versions read it, too. */
export interface Entry {
  key: string;
  /** Names trainee and course, and shows neither. */
  owner: string;
  /** When it was kept, ms since 1970. */
  at: number;
  /** As codec.js writes it. */
  state: string;
  /** Whether that was called saved. */
  saved: boolean;
  /** Where it was done; left out by older players. */
  place?: string;
  /** The highest counter of saves that the LMS has confirmed; left out by older players. */
  confirmed?: number;
  /** The attempt of the visit that asked about it, "" where only a part belonged there. */
  beside?: string;
}

/** An entry that was read. */
export interface KeptAttempt {
  at: number;
  state: State;
  place: string | undefined;
  confirmed: number;
  beside: string | undefined;
}

/** What the trainee is asked about. */
export interface Offered {
  at: number;
  state: State;
  /** Whether it is their attempt, which the visit then goes on. */
  whole: boolean;
  /** Whether something of it does not belong here. */
  less?: boolean;
}

/** The visit in which an entry is read. */
export interface ReadingVisit {
  attempt: string;
  place: string;
  /** The state that the LMS had at its start, null for none. */
  told: State | null;
  /** Whether the LMS had one that nobody can read. */
  unreadable: boolean;
  /** Whether the LMS once had another attempt here that it does not have any more. */
  gone: boolean;
}

/** What becomes of an entry; see belonging.js. */
export type Fate = "same" | "elsewhere" | "over" | "whole" | "part";

/** The journal's place in the browser. Nothing of it throws or rejects. */
export interface JournalStorage {
  all(): Promise<Entry[]>;
  /** Put what `make(old)` gives in its place, if anything; a promise of whether that is done. */
  change(key: string, make: (old: Entry | undefined) => Entry | undefined): Promise<boolean>;
  /** A promise of when that is done. */
  remove(key: string): Promise<unknown>;
}

/** The journal of one trainee in one course. */
export interface Journal {
  /** A promise of what is there, the newest first. */
  read(): Promise<KeptAttempt[]>;
  /** Keep a state; a promise of whether it is there. */
  keep(state: State, saved: boolean, seen?: number): Promise<boolean>;
  /** The LMS has an attempt, with this counter. */
  confirm(attempt: string, saves: number): Promise<boolean>;
  /** The trainee is being asked about an attempt, in a visit whose attempt is `beside`. */
  ask(attempt: string, beside: string): Promise<boolean>;
  /** Remove what is kept of an attempt. */
  remove(attempt: string): Promise<unknown>;
}

/** What a state brings to that of the visit. */
export type Additions = ReturnType<typeof import("./state/additions.js").addTo>;

/**
 * Joins a state to that of the visit: `newer` where its answers stay, `adopted` where the visit
 * goes on its attempt.
 */
export type Take = (state: State, how?: { newer?: boolean; adopted?: boolean }) => Additions;

/** Whose visit a window has. */
export interface WindowOwner {
  owner: string;
  attempt: string;
  /** Where the course was launched. */
  path: string;
}

/** What windows tell each other. */
export interface WindowMessage extends WindowOwner {
  kind: string;
  /** The window's own. */
  id: string;
  /** Its place in the order of windows. */
  at: number;
  /** When it was opened, ms since 1970. */
  opened: number;
  /** A state as text. */
  state?: string;
  /** Whether that was handed over by a window that gave way. */
  handed?: boolean;
  /** Whether that window had slept. */
  slept?: boolean;
}

/** The windows in which one course is open. */
export interface Windows {
  /** Take over from windows that are open already. */
  open(): void;
  /** Tell what was done in a window that gave way. */
  pass(state: string): void;
  /** This window is going away. */
  close(): void;
  /** Anything on the LMS's site may tell anything. */
  hear(message: WindowMessage | null): void;
}

// ---- what main.js hands on ----------------------------------------------------------------------

/** The way to the LMS, which may come late, be gone, and be replaced by another one. */
export interface Link {
  session: Session;
  /** What the LMS said at its start. */
  launch: Launch;
  /** What is known of an old copy of the LMS's page. */
  old: OldCopy;
  /** Whether anything stands round the page. */
  placed: boolean;
  /** Whether the LMS has been read: until then nothing is known of it and nothing written. */
  readonly known: boolean;
  /** Whether the LMS that the visit was opened with is still there: its window may be gone. */
  readonly there: boolean;
  /** Whether another one has taken its place. */
  readonly moved: boolean;
  /** Try what has not succeeded yet. */
  connect(): void;
  /** Give up, without a call, the LMS that is gone, and connect to the other one. */
  replace(): void;
}

/** A visit, in which work is recorded or not. */
export interface Visit {
  link: Link;
  /** Whether what is done now is recorded. */
  readonly recorded: boolean;
  /** What saves; it does nothing where nothing is recorded. */
  readonly saving: Omit<Saving, "reported" | "flush" | "close"> & {
    reported?: Confirmed;
    flush(): void;
    close(): boolean | null | undefined;
  };
  /** Record from now on. */
  begin(): void;
  /** The LMS is gone, and another one there: record nothing until the visit begins with that. */
  renew(): void;
  /** Record no more: "close" saves and closes the visit, "stop" writes nothing more. */
  end(how: "close" | "stop"): void;
}

/** What is the same for every trainee. */
export interface WholeCourse extends Course {
  tracking: Tracking;
  outline: Outline;
}

/** The files of the package, the pages' data and the questions' behaviours. */
export interface Content {
  chunks: Chunks;
  /** A page's data, once the parts of the player and the styles that it needs are there. */
  load(page: Page): Promise<LoadedPage>;
  /** The data of a page, undefined where it has not arrived. */
  dataOf(page: Page): LoadedPage | undefined;
  behaviourOf: BehaviourOf;
}

/** The trainee's. */
export interface Work {
  store: Store;
  interactions: Interactions;
  earlier: EarlierVisits;
  /** The day on which the course was finished in this visit, "" where it was not. */
  ended: { day: string };
  /** The page on view, where the trainee sees it for the first time. */
  begun: Page | null;
  /**
   * The page where the trainee may go on; until they have chosen, the bookmark stays. It is `open`
   * until the outline is whole.
   */
  resuming: { page: Page | null; open: boolean };
  /** The outline is whole. */
  complete(rules: Rules): void;
}

/** The ways to a certificate. */
export interface CertificateWays {
  /** Whether the trainee may have it. */
  ready(): boolean;
  /** Shows and prints it. */
  print(): void;
}

/** What follows from the whole outline: the part shell-rules. */
export type Rules = Pick<
  typeof import("./state/progress.js"),
  "gateLost" | "gateOpen" | "measure" | "missing" | "pageShut"
> &
  Pick<typeof import("./state/tracking.js"), "verdict"> &
  Pick<typeof import("./state/days.js"), "today"> &
  Pick<typeof import("./shell/resume-page.js"), "resumePage"> & {
    shortenings(outline: Outline): Shortening[];
  };

/** The pages on view. */
export interface Pages {
  navigation: Navigation;
  /** Why a page is not open, else null. */
  locked(page: Page): string | null;
  /** Takes away the choice to go on. */
  resumed(): void;
  /** Lets the page on view put away what it holds back. */
  settle(): void;
  /** All pages are known, and which of them are locked. */
  complete(locks: Locks | null): void;
}

/** What the trainee sees and is told. */
export interface View extends Pages {
  say: Say;
  notices: Notices;
  status: SaveStatus;
  guard: Guard;
  timer: Timer;
}

/** What stands round the pages, which may still be on its way. */
export interface Arrival {
  there: Surroundings | null;
  /** Hears that a button has been pressed before it is there. */
  turned(): void;
  /** Loads it; a promise of its end. */
  begin(): Promise<void>;
  /** Shows the view of the address, with the way back to what was on view before. */
  show(navigation: Pick<Navigation, "before">): Promise<void>;
}

/** What the parts of a visit share. */
export interface VisitParts {
  visit: Visit;
  course: WholeCourse;
  content: Content;
  work: Work;
  view: Pick<View, "say" | "notices" | "status" | "guard" | "timer">;
}

/** What main.js knows when the surroundings arrive. */
export interface SurroundingsParts extends VisitParts {
  shown: Shown;
  view: View;
}

declare global {
  interface Window {
    scormBuilder: Registry;
  }
  /** The player's, in the scripts of the package. */
  const scormBuilder: Registry;
}

// How far a trainee is, read from the state alone.

import { hasQuiz, kindOf, needsOf, quizOf, recordItems } from "./asked.ts";
import { hasChanged } from "./edits.ts";
import { BEST_LIMIT, type Key, type Known, type RecordEntry, type State } from "./state.ts";
import type { Gate, Needs, Outline, Page, QuizPage, Tracking } from "./course.ts";
import type { Hundredths } from "./scoring.ts";

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

/** Where a page stands in the contents; a key of the interface's texts. */
export type PageStatus =
  | "not_started"
  | "changed"
  | "visited"
  | "started"
  | "done"
  | "quiz_passed"
  | "quiz_not_passed";

/**
 * Attempts that a quiz page still allows, the one under way not counted; Infinity without a limit.
 */
export const attemptsLeft = (page: QuizPage, state: State) =>
  page.quiz.attempts ? Math.max(page.quiz.attempts - quizOf(page, state).attempts, 0) : Infinity;

/**
 * The score that a quiz page keeps, in hundredths of a percent; null before an attempt is finished.
 */
export const keptScore = (page: Page, state: State) => quizOf(page, state).best;

/** Whether the score that a quiz page keeps reaches its pass mark. */
const quizPassed = (page: QuizPage, state: State) =>
  (keptScore(page, state) ?? -1) >= page.quiz.pass_mark * 100;

/** Whether a record item has all it asks for: an answer and the date it was achieved. */
const itemDone = (item: RecordEntry | undefined) => Boolean(item?.text.trim() && item.date);

const DONE: Record<string, (page: Page, state: State) => boolean> = {
  page: (page, state) => state.visited.has(page.key),
  quiz: (page, state) => keptScore(page, state) !== null,
  record: (page, state) => recordItems(page, state).every(itemDone),
};

/**
 * Whether a page was once done: visited, its record filled in, an attempt at its quiz finished. A
 * further attempt under way does not change it.
 */
const pageDone = (page: Page, state: State) => DONE[kindOf(page)](page, state);

/**
 * Whether a gate is open: every outline entry of `pages` is done, and where `until` is "passed"
 * rather than "done", every quiz among them is passed.
 */
export const gateOpen = ({ pages, until }: Pick<Gate, "pages" | "until">, state: State) =>
  pages.every((page) =>
    until === "passed" && hasQuiz(page) ? quizPassed(page, state) : pageDone(page, state),
  );

const COMPLETED = ["completed", "passed"];

/**
 * The gates of an outline entry (`waits`, see locks.ts) that are not open; none for a page that is.
 * Visited pages stay open, and so does every page of a course that was completed.
 */
export const missing = ({ key, waits = [] }: Page, state: State): Gate[] =>
  state.visited.has(key) || COMPLETED.includes(state.status)
    ? []
    : waits.filter((gate) => !gateOpen(gate, state));

/** Whether a gate waits for a quiz that has no attempt left and none under way. */
export const gateLost = ({ pages, until }: Gate, state: State) =>
  until === "passed" &&
  pages.some(
    (page) =>
      hasQuiz(page) &&
      !quizPassed(page, state) &&
      !quizOf(page, state).open &&
      !attemptsLeft(page, state),
  );

/** Whether a page can open no more, being behind such a gate, at whatever remove. */
export function pageShut(page: Page, state: State, known: Map<Page, boolean> = new Map()): boolean {
  const shut = (gate: Gate) =>
    gateLost(gate, state) || gate.pages.some((waited) => pageShut(waited, state, known));
  const isShut = known.get(page) ?? missing(page, state).some(shut);
  known.set(page, isShut);
  return isShut;
}

const notYet = ({ key, former }: Page, section: Set<Key> | Map<Key, unknown>): PageStatus =>
  hasChanged(key, former, section) ? "changed" : "not_started";

const STATUS: Record<string, (page: Page, state: State) => PageStatus> = {
  page: (page, state) => (state.visited.has(page.key) ? "visited" : notYet(page, state.visited)),
  quiz(page, state) {
    const quiz = state.quizzes.get(page.key);
    if (!quiz) return notYet(page, state.quizzes);
    if (quiz.best === null || quiz.open) return "started";
    if (!hasQuiz(page) || !page.quiz.alone || !page.quiz.pass_mark) return "done";
    return quizPassed(page, state) ? "quiz_passed" : "quiz_not_passed";
  },
  record(page, state) {
    const items = recordItems(page, state);
    if (items.every(itemDone)) return "done";
    return items.some((item) => item?.text || item?.date) ? "started" : "not_started";
  },
};

/**
 * The word for a page in the contents: not_started, changed, visited, started or done; quiz_passed
 * or quiz_not_passed for a quiz that is judged alone.
 */
export const pageStatus = (page: Page, state: State) => STATUS[kindOf(page)](page, state);

/**
 * The rest of a course that is to be done, and the scores of its quizzes.
 *
 * `left`: how many tracked pages are not visited or record pages not done. `todo`: these pages and
 * those of quizzes not done, in order. `quizzes`: for each quiz page its `key`, the `score` that
 * counts in hundredths of a percent (null before the first), its `weight`, whether it is judged
 * `alone`, whether it is `passed`, and whether another attempt, or the one under way, could still
 * raise the score (`open`). Nobody is kept waiting for a page that can open no more.
 */
export function measure(
  outline: Pick<Outline, "pages">,
  state: State,
  tracking: Tracking,
): Standing {
  const { pages } = outline;
  const known = new Map();
  const shut = (page: Page) => pageShut(page, state, known);
  const quizzes = pages.filter(hasQuiz).map((page) => {
    const score = keptScore(page, state);
    const open = (quizOf(page, state).open || attemptsLeft(page, state) > 0) && !shut(page);
    const { weight, alone } = page.quiz;
    return {
      key: page.key,
      score,
      weight,
      alone,
      passed: quizPassed(page, state),
      open: open && score !== BEST_LIMIT,
    };
  });
  // With nothing else to go by, a course is done when its last page has been shown.
  const nothing =
    tracking.pages === "none" && !quizzes.length && !pages.some((page) => needsOf(page).record);
  const tracked = new Set(tracking.pages === "all" ? pages : nothing ? pages.slice(-1) : []);
  const status = (page: Page) => pageStatus(page, state);
  const isLeft = (page: Page) =>
    !shut(page) &&
    ((tracked.has(page) && !state.visited.has(page.key)) ||
      (Boolean(needsOf(page).record) && status(page) !== "done"));
  const isTodo = (page: Page) =>
    isLeft(page) ||
    (hasQuiz(page) && !shut(page) && ["not_started", "changed", "started"].includes(status(page)));
  return { left: pages.filter(isLeft).length, todo: pages.filter(isTodo), quizzes };
}

/**
 * Whether a key of the state belongs to this course: where room is short, others are dropped first
 * (shortening.ts).
 */
export function knownKeys({ pages, certificate }: Outline): Known {
  const needed = (kind: keyof Needs) => pages.flatMap((page) => needsOf(page)[kind] ?? []);
  const keys = new Set(pages.map(({ key }) => key));
  const sections: Record<string, Set<Key>> = {
    visited: keys,
    quizzes: keys,
    answers: new Set(needed("quiz")),
    checks: new Set(needed("check")),
    records: new Set(needed("record")),
    finished: new Set(certificate ? [""] : []),
  };
  return (section, key) => sections[section].has(key);
}

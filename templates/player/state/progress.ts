// Computes progress from the state.

import { hasQuiz, isRead, kindOf, needsOf, quizOf, recordItems, scenariosOf } from "./asked.ts";
import { hasChanged } from "./edits.ts";
import { BEST_LIMIT, type Key, type Known, type RecordEntry, type State } from "./state.ts";
import type { Gate, Needs, Outline, Page, QuizPage, Tracking } from "./course.ts";
import type { Hundredths } from "./scoring.ts";

/** Progress in one quiz, or in a scenario that counts. */
export interface QuizStanding {
  key: Key;
  score: Hundredths | null;
  weight: number;
  alone: boolean;
  passed: boolean;
  /** Whether the score can still rise, in this attempt or another one. */
  open: boolean;
}

/** Progress in a course. */
export interface Standing {
  /** Number of tracked pages not visited, plus records and scenarios not done. */
  left: number;
  /** These pages, and quizzes not done, in order. */
  todo: Page[];
  quizzes: QuizStanding[];
}

/** Status of a page in the contents list; an interface text key. */
export type PageStatus =
  | "not_started"
  | "changed"
  | "visited"
  | "shown"
  | "optional"
  | "no_attempts"
  | "started"
  | "done"
  | "quiz_passed"
  | "quiz_not_passed";

/** How many attempts at a quiz count, or walks through a scenario; 0 if there is no limit. */
export const attemptsLimit = ({ quiz, scenario }: Page) => (quiz ?? scenario)?.attempts ?? 0;

/** Attempts that still count, without the current one; Infinity if there is no limit. */
export function attemptsLeft(page: Page, state: State) {
  const limit = attemptsLimit(page);
  return limit ? Math.max(limit - quizOf(page, state).attempts, 0) : Infinity;
}

/**
 * Whether an attempt is open that counts. A walk beyond the limit is practice, but the first one to
 * an ending always counts.
 */
export function counts(page: Page, state: State) {
  const { attempts, best, open } = quizOf(page, state);
  const limit = page.scenario && best !== null ? attemptsLimit(page) : 0;
  return open && (!limit || attempts <= limit);
}

/** Whether the score can rise in this attempt or another one. */
export function canRise(page: Page, state: State) {
  const { best } = quizOf(page, state);
  if (page.scenario && best === null) return true;
  return best !== BEST_LIMIT && (counts(page, state) || attemptsLeft(page, state) > 0);
}

/** The score that counts, in hundredths of a percent; null before the first attempt is finished. */
export const keptScore = (page: Page, state: State) => quizOf(page, state).best;

/** Whether the score that counts reaches the quiz's own pass mark. */
export const quizPassed = (page: QuizPage, state: State) =>
  (keptScore(page, state) ?? -1) >= page.quiz.pass_mark * 100;

/** Whether a record item has both an answer and the date it was achieved. */
const itemDone = (item: RecordEntry | undefined) => Boolean(item?.text.trim() && item.date);

const DONE: Record<string, (page: Page, state: State) => boolean> = {
  page: isRead,
  quiz: (page, state) => keptScore(page, state) !== null,
  record: (page, state) => recordItems(page, state).every(itemDone),
  scenario: ({ scenario }, state) => (scenario?.ends ?? []).some((key) => state.checks.has(key)),
  "test-out": () => true,
};

/**
 * Whether a page has been done once: visited, its record complete, an attempt at its quiz finished,
 * or an ending of its scenario reached. A further open attempt does not change that.
 */
const pageDone = (page: Page, state: State) => DONE[kindOf(page)](page, state);

/** Whether the condition of a gate is met. */
export const gateOpen = ({ pages, until }: Pick<Gate, "pages" | "until">, state: State) =>
  pages.every((page) =>
    until === "passed" && hasQuiz(page) ? quizPassed(page, state) : pageDone(page, state),
  );

const COMPLETED = ["completed", "passed"];

/**
 * The unmet conditions of a page. A visited page stays open, and so does every page of a completed
 * course.
 */
export const missing = (page: Page, state: State): Gate[] =>
  isRead(page, state) || COMPLETED.includes(state.status)
    ? []
    : (page.waits ?? []).filter((gate) => !gateOpen(gate, state));

/** Whether a gate requires a quiz that has no attempt left. */
export const gateLost = ({ pages, until }: Gate, state: State) =>
  until === "passed" &&
  pages.some(
    (page) =>
      hasQuiz(page) &&
      !quizPassed(page, state) &&
      !quizOf(page, state).open &&
      !attemptsLeft(page, state),
  );

/** Whether a page can never open, because such a gate is before it or before a page it requires. */
export function pageShut(page: Page, state: State, known: Map<Page, boolean> = new Map()): boolean {
  const shut = (gate: Gate) =>
    gateLost(gate, state) || gate.pages.some((waited) => pageShut(waited, state, known));
  if (!page.waits) return false;
  const isShut = known.get(page) ?? missing(page, state).some(shut);
  known.set(page, isShut);
  return isShut;
}

const notYet = ({ key, former }: Page, section: Set<Key> | Map<Key, unknown>): PageStatus =>
  hasChanged(key, former, section) ? "changed" : "not_started";

const STATUS: Record<string, (page: Page, state: State) => PageStatus> = {
  page(page, state) {
    if (state.visited.has(page.key)) return "visited";
    return isRead(page, state) ? "shown" : notYet(page, state.visited);
  },
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
  scenario(page, state) {
    if (pageDone(page, state)) return "done";
    return state.quizzes.has(page.key) ? "started" : notYet(page, state.quizzes);
  },
  // Nobody has to take a test-out, so none is failed.
  "test-out"(page, state) {
    if (quizOf(page, state).open) return "started";
    if (quizPassed(page as QuizPage, state)) return "quiz_passed";
    return attemptsLeft(page as QuizPage, state) ? "optional" : "no_attempts";
  },
};

/** For a quiz that is judged alone, "quiz_passed" or "quiz_not_passed" once it is done. */
export const pageStatus = (page: Page, state: State) => STATUS[kindOf(page)](page, state);

/** Whether a page has a record or scenario, which is to be done whatever the course tracks. */
const hasTask = (page: Page) => kindOf(page) in { record: 1, scenario: 1 };

/** The result of the quiz of a page, or of its scenario if that counts; none of other pages. */
function standingOf(page: Page, state: State, shut: (page: Page) => boolean): QuizStanding[] {
  const { key, scenario } = page;
  const rules = hasQuiz(page) ? page.quiz : scenario;
  if (!rules?.weight) return [];
  return [
    {
      key,
      score: keptScore(page, state),
      weight: rules.weight,
      alone: "alone" in rules && rules.alone,
      passed: hasQuiz(page) && quizPassed(page, state),
      open: canRise(page, state) && !shut(page),
    },
  ];
}

/**
 * What is left to do, and the scores of the quizzes. Pages that can never open are not counted as
 * left.
 */
export function measure(
  outline: Pick<Outline, "pages">,
  state: State,
  tracking: Tracking,
): Standing {
  const { pages } = outline;
  const known = new Map();
  const shut = (page: Page) => pageShut(page, state, known);
  const quizzes = pages.flatMap((page) => standingOf(page, state, shut));
  // A course that tracks nothing else is done when its last page has been shown.
  const nothing = tracking.pages === "none" && !quizzes.length && !pages.some(hasTask);
  const tracked = new Set(tracking.pages === "all" ? pages : nothing ? pages.slice(-1) : []);
  const status = (page: Page) => pageStatus(page, state);
  const isLeft = (page: Page) =>
    !shut(page) &&
    ((tracked.has(page) && !page.covers && !isRead(page, state)) ||
      (hasTask(page) && status(page) !== "done"));
  const left = new Set(pages.filter(isLeft));
  const isTodo = (page: Page) =>
    left.has(page) ||
    (hasQuiz(page) && !shut(page) && ["not_started", "changed", "started"].includes(status(page)));
  return { left: left.size, todo: pages.filter(isTodo), quizzes };
}

/** The practice of a state that belongs to scenes. */
export function decided({ checks }: State, outline: Outline) {
  const { scenes } = scenariosOf(outline);
  return new Map([...checks].filter(([key]) => scenes.has(key)));
}

/**
 * Returns a function that tells whether a key of a section belongs to the course. Unknown keys are
 * the first to be dropped from a state that is too long (shortening.ts).
 */
export function knownKeys({ pages, certificate, languages }: Outline): Known {
  const needed = (kind: keyof Needs) => pages.flatMap((page) => needsOf(page)[kind] ?? []);
  const keys = new Set(pages.flatMap(({ key, shown = key }) => [key, shown]));
  const sections: Record<string, Set<Key>> = {
    visited: keys,
    quizzes: keys,
    answers: new Set([...needed("quiz"), ...needed("test-out"), ...needed("scenario")]),
    checks: new Set([...needed("check"), ...needed("scenario")]),
    records: new Set(needed("record")),
    finished: new Set(certificate ? [""] : []),
    language: new Set(languages),
  };
  return (section, key) => sections[section].has(key);
}

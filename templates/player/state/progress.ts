// How far a trainee is, read from the state alone.

import { hasQuiz, kindOf, needsOf, quizOf, recordItems } from "./asked.js";
import { hasChanged } from "./edits.js";
import { BEST_LIMIT } from "./state.js";

/** @import {Gate, Key, Known, Needs, Outline, Page, PageStatus} from "../types" */
/** @import {QuizPage, RecordEntry, Standing, State, Tracking} from "../types" */

/**
 * Attempts that a quiz page still allows, the one under way not counted; Infinity without a limit.
 *
 * @param {QuizPage} page
 * @param {State} state
 */
export const attemptsLeft = (page, state) =>
  page.quiz.attempts ? Math.max(page.quiz.attempts - quizOf(page, state).attempts, 0) : Infinity;

/**
 * The score that a quiz page keeps, in hundredths of a percent; null before an attempt is finished.
 *
 * @param {Page} page
 * @param {State} state
 */
export const keptScore = (page, state) => quizOf(page, state).best;

/**
 * Whether the score that a quiz page keeps reaches its pass mark.
 *
 * @param {QuizPage} page
 * @param {State} state
 */
const quizPassed = (page, state) => (keptScore(page, state) ?? -1) >= page.quiz.pass_mark * 100;

/**
 * Whether a record item has all it asks for: an answer and the date it was achieved.
 *
 * @param {RecordEntry | undefined} item
 */
const itemDone = (item) => Boolean(item?.text.trim() && item.date);

/** @type {Record<string, (page: Page, state: State) => boolean>} */
const DONE = {
  page: (page, state) => state.visited.has(page.key),
  quiz: (page, state) => keptScore(page, state) !== null,
  record: (page, state) => recordItems(page, state).every(itemDone),
};

/**
 * Whether a page was once done: visited, its record filled in, an attempt at its quiz finished. A
 * further attempt under way does not change it.
 *
 * @param {Page} page
 * @param {State} state
 */
const pageDone = (page, state) => DONE[kindOf(page)](page, state);

/**
 * Whether a gate is open: every outline entry of `pages` is done, and where `until` is "passed"
 * rather than "done", every quiz among them is passed.
 *
 * @param {Pick<Gate, "pages" | "until">} gate
 * @param {State} state
 */
export const gateOpen = ({ pages, until }, state) =>
  pages.every((page) =>
    until === "passed" && hasQuiz(page) ? quizPassed(page, state) : pageDone(page, state),
  );

const COMPLETED = ["completed", "passed"];

/**
 * The gates of an outline entry (`waits`, see locks.js) that are not open; none for a page that is.
 * Visited pages stay open, and so does every page of a course that was completed.
 *
 * @param {Page} page
 * @param {State} state
 * @returns {Gate[]}
 */
export const missing = ({ key, waits = [] }, state) =>
  state.visited.has(key) || COMPLETED.includes(state.status)
    ? []
    : waits.filter((gate) => !gateOpen(gate, state));

/**
 * Whether a gate waits for a quiz that has no attempt left and none under way.
 *
 * @param {Gate} gate
 * @param {State} state
 */
export const gateLost = ({ pages, until }, state) =>
  until === "passed" &&
  pages.some(
    (page) =>
      hasQuiz(page) &&
      !quizPassed(page, state) &&
      !quizOf(page, state).open &&
      !attemptsLeft(page, state),
  );

/**
 * Whether a page can open no more, being behind such a gate, at whatever remove.
 *
 * @param {Page} page
 * @param {State} state
 * @param {Map<Page, boolean>} [known]
 * @returns {boolean}
 */
export function pageShut(page, state, known = new Map()) {
  /** @param {Gate} gate */
  const shut = (gate) =>
    gateLost(gate, state) || gate.pages.some((waited) => pageShut(waited, state, known));
  const isShut = known.get(page) ?? missing(page, state).some(shut);
  known.set(page, isShut);
  return isShut;
}

/**
 * @param {Page} page
 * @param {Set<Key> | Map<Key, unknown>} section
 * @returns {PageStatus}
 */
const notYet = ({ key, former }, section) =>
  hasChanged(key, former, section) ? "changed" : "not_started";

/** @type {Record<string, (page: Page, state: State) => PageStatus>} */
const STATUS = {
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
 *
 * @param {Page} page
 * @param {State} state
 */
export const pageStatus = (page, state) => STATUS[kindOf(page)](page, state);

/**
 * The rest of a course that is to be done, and the scores of its quizzes.
 *
 * `left`: how many tracked pages are not visited or record pages not done. `todo`: these pages and
 * those of quizzes not done, in order. `quizzes`: for each quiz page its `key`, the `score` that
 * counts in hundredths of a percent (null before the first), its `weight`, whether it is judged
 * `alone`, whether it is `passed`, and whether another attempt, or the one under way, could still
 * raise the score (`open`). Nobody is kept waiting for a page that can open no more.
 *
 * @param {Pick<Outline, "pages">} outline
 * @param {State} state
 * @param {Tracking} tracking
 * @returns {Standing}
 */
export function measure(outline, state, tracking) {
  const { pages } = outline;
  const known = new Map();
  /** @param {Page} page */
  const shut = (page) => pageShut(page, state, known);
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
  /** @param {Page} page */
  const status = (page) => pageStatus(page, state);
  /** @param {Page} page */
  const isLeft = (page) =>
    !shut(page) &&
    ((tracked.has(page) && !state.visited.has(page.key)) ||
      (Boolean(needsOf(page).record) && status(page) !== "done"));
  /** @param {Page} page */
  const isTodo = (page) =>
    isLeft(page) ||
    (hasQuiz(page) && !shut(page) && ["not_started", "changed", "started"].includes(status(page)));
  return { left: pages.filter(isLeft).length, todo: pages.filter(isTodo), quizzes };
}

/**
 * Whether a key of the state belongs to this course: where room is short, others are
 * dropped first (shortening.js).
 *
 * @param {Outline} outline
 * @returns {Known}
 */
export function knownKeys({ pages, certificate }) {
  /** @param {keyof Needs} kind */
  const needed = (kind) => pages.flatMap((page) => needsOf(page)[kind] ?? []);
  const keys = new Set(pages.map(({ key }) => key));
  /** @type {Record<string, Set<Key>>} */
  const sections = {
    visited: keys,
    quizzes: keys,
    answers: new Set(needed("quiz")),
    checks: new Set(needed("check")),
    records: new Set(needed("record")),
    finished: new Set(certificate ? [""] : []),
  };
  return (section, key) => sections[section].has(key);
}

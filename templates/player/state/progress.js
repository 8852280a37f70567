// How far a trainee is, read from the state alone.

import { hasChanged } from "./edits.js";
import { BEST_LIMIT } from "./codec.js";

/** Attempts that a quiz page still allows, the one under way not counted; Infinity without a limit. */
export function attemptsLeft(page, state) {
  const { attempts } = page.quiz;
  return attempts ? Math.max(attempts - (state.quizzes.get(page.key)?.attempts ?? 0), 0) : Infinity;
}

/** The score that a quiz page keeps, in hundredths of a percent; null before an attempt is finished. */
export const keptScore = (page, state) => state.quizzes.get(page.key)?.best ?? null;

/** Whether the score that a quiz page keeps reaches its pass mark. */
const quizPassed = (page, state) =>
  keptScore(page, state) !== null && keptScore(page, state) >= page.quiz.pass_mark * 100;

/** Whether a record item has all it asks for: an answer and the date it was achieved. */
const itemDone = (item) => Boolean(item?.text.trim() && item.date);

const DONE = {
  page: (page, state) => state.visited.has(page.key),
  quiz: (page, state) => keptScore(page, state) !== null,
  record: (page, state) => page.needs.record.every((key) => itemDone(state.records.get(key))),
};

/**
 * Whether a page was once done: visited, its record filled in, an attempt at its quiz finished. A
 * further attempt under way does not change it.
 */
const pageDone = (page, state) => DONE[page.needs?.[page.kind] ? page.kind : "page"](page, state);

/**
 * Whether a gate is open: every outline entry of `pages` is done, and where `until` is "passed"
 * rather than "done", every quiz among them is passed.
 */
export const gateOpen = ({ pages, until }, state) =>
  pages.every((page) => (until === "passed" && page.needs?.quiz ? quizPassed : pageDone)(page, state));

const COMPLETED = ["completed", "passed"];

/**
 * The gates of an outline entry (`waits`, see locks.js) that are not open; none for a page that is.
 * What was visited stays open, and everything does in a course that was completed.
 */
export function missing(page, state) {
  if (!page.waits || state.visited.has(page.key) || COMPLETED.includes(state.status)) return [];
  return page.waits.filter((gate) => !gateOpen(gate, state));
}

/** Whether a gate waits for a quiz that has no attempt left and none under way. */
export const gateLost = ({ pages, until }, state) =>
  until === "passed" && pages.some((page) => page.needs?.quiz && !quizPassed(page, state) &&
    !state.quizzes.get(page.key)?.open && !attemptsLeft(page, state));

/** Whether a page can open no more, being behind such a gate, at whatever remove. */
export function pageShut(page, state, known = new Map()) {
  const shut = (gate) => gateLost(gate, state) || gate.pages.some((one) => pageShut(one, state, known));
  if (!known.has(page)) known.set(page, missing(page, state).some(shut));
  return known.get(page);
}

const notYet = ({ key, former }, section) => (hasChanged(key, former, section) ? "changed" : "not_started");

const STATUS = {
  page: (page, state) => (state.visited.has(page.key) ? "visited" : notYet(page, state.visited)),
  quiz(page, state) {
    const quiz = state.quizzes.get(page.key);
    if (!quiz) return notYet(page, state.quizzes);
    if (quiz.best === null || quiz.open) return "started";
    if (!page.quiz.alone || !page.quiz.pass_mark) return "done";
    return quizPassed(page, state) ? "quiz_passed" : "quiz_not_passed";
  },
  record(page, state) {
    const items = page.needs.record.map((key) => state.records.get(key));
    if (items.every(itemDone)) return "done";
    return items.some((item) => item?.text || item?.date) ? "started" : "not_started";
  },
};

/**
 * The word for a page in the contents: not_started, changed, visited, started or done; quiz_passed or
 * quiz_not_passed for a quiz that is judged alone.
 */
export const pageStatus = (page, state) => STATUS[page.needs?.[page.kind] ? page.kind : "page"](page, state);

/**
 * What is left of a course and what it has earned.
 *
 * `left`: how many tracked pages are not visited or record pages not done. `todo`: these pages and
 * those of quizzes not done, in order. `quizzes`: for each quiz page its `key`, the `score` that
 * counts in hundredths of a percent (null before the first), its `weight`, whether it is judged
 * `alone`, whether it is `passed`, and whether another attempt, or the one under way, could still
 * raise the score (`open`). Nobody is kept waiting for a page that can open no more.
 */
export function measure(outline, state, tracking) {
  const { pages } = outline;
  const known = new Map();
  const shut = (page) => pageShut(page, state, known);
  const quizzes = pages.filter((page) => page.needs?.quiz).map((page) => {
    const score = keptScore(page, state);
    const open = (Boolean(state.quizzes.get(page.key)?.open) || attemptsLeft(page, state) > 0) && !shut(page);
    const { weight, alone } = page.quiz;
    return {
      key: page.key, score, weight, alone, passed: quizPassed(page, state), open: open && score !== BEST_LIMIT,
    };
  });
  // With nothing else to go by, a course is done when its last page has been shown.
  const nothing = tracking.pages === "none" && !quizzes.length && !pages.some((page) => page.needs?.record);
  const tracked = new Set(tracking.pages === "all" ? pages : nothing ? pages.slice(-1) : []);
  const status = (page) => pageStatus(page, state);
  const isLeft = (page) =>
    !shut(page)
    && ((tracked.has(page) && !state.visited.has(page.key)) || (page.needs?.record && status(page) !== "done"));
  const isTodo = (page) =>
    isLeft(page)
    || (page.needs?.quiz && !shut(page) && ["not_started", "changed", "started"].includes(status(page)));
  return { left: pages.filter(isLeft).length, todo: pages.filter(isTodo), quizzes };
}

/** Whether a key of the state belongs to this course: encodeWithin drops the others first. */
export function knownKeys({ pages }) {
  const needed = (kind) => pages.flatMap((page) => page.needs?.[kind] ?? []);
  const keys = new Set(pages.map(({ key }) => key));
  const sections = {
    visited: keys,
    quizzes: keys,
    answers: new Set(needed("quiz")),
    checks: new Set(needed("check")),
    records: new Set(needed("record")),
  };
  return (section, key) => sections[section].has(key);
}

// The result of the course as the trainee sees it: of the visit, or as the LMS holds it.

import { missedInWords } from "../page/mark-words.ts";
import { createResult, type Confirmed } from "../lms/status-and-score.ts";
import { missedParts, stillToDo, type Missed } from "../state/course-total.ts";
import { hasQuiz, keepsLast } from "../state/asked.ts";
import { measure } from "../state/progress.ts";
import { higher, lost, verdict } from "../state/tracking.ts";
import type { Say } from "../dom/words.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Mark, Page } from "../state/course.ts";
import type { Hundredths } from "../state/scoring.ts";
import type { Status } from "../state/state.ts";

/** The result of the course. */
export interface CourseResult {
  /** "" if unknown. */
  status: Status | "";
  score: Hundredths | null;
  /** The pass mark for the score; 0 if the quizzes have different ones. */
  mark: Hundredths;
  /** What it takes to pass the only part with a mark; null if there are several. */
  part: Mark | null;
  /** Whether everything is done except passing. */
  taken: boolean;
  todo: Page[];
  /** Whether the course can no longer be passed. */
  spent: boolean;
  /** The parts because of which that is so. */
  missed: Missed[];
  /** Text key that says where the result comes from, unless from this visit. */
  source?: string;
}

type Parts = Pick<SurroundingsParts, "visit" | "course" | "work">;

export const isFinal = (status: string) => ["passed", "completed", "failed"].includes(status);

/** Status and score that the LMS has confirmed; {} if unknown. */
export function heldOf({ visit: { link, saving }, course, work }: Parts): Partial<Confirmed> {
  if (saving.reported) return saving.reported;
  const { known, launch } = link;
  return known ? createResult({ ...course, state: work.store.state, launch }).reported : {};
}

/** The result. In review, it is what the LMS says or has last confirmed. */
export function resultOf(parts: Parts): CourseResult {
  const { visit, course, work } = parts;
  const { outline, tracking } = course;
  const { state } = work.store;
  const measured = measure(outline, state, tracking);
  const { quizzes } = measured;
  const together = quizzes.some(({ alone }) => !alone) || quizzes.length === 1;
  const missed = missedParts(outline, quizzes, tracking);
  const common = {
    mark: together ? markOf(course) : 0,
    part: partOf(course),
    taken: !measured.left && quizzes.length > 0 && quizzes.every(({ score }) => score !== null),
  };
  const { known, launch } = visit.link;
  if (known && !launch.recording) {
    const { status = "", score = null } = heldOf(parts);
    const source = launch.status ? "end_held" : status ? "end_confirmed" : "end_unknown";
    const held = (status && higher("incomplete", status)) as Status | "";
    const failed = held === "failed";
    const why = failed ? missed : [];
    return { ...common, status: held, score, todo: [], source, spent: failed, missed: why };
  }
  const now = verdict(measured, tracking);
  // Where an edit has left an attempt to somebody who failed, it is still open whether they pass.
  const status = state.status === "failed" ? now.status : higher(state.status, now.status);
  const todo = status === "incomplete" ? stillToDo(outline, measured, tracking) : [];
  const passed = status === "passed" || status === "completed";
  const spent = !passed && lost(quizzes, tracking).length > 0;
  const score = scoreOf(outline.pages.some(keepsLast), state.score, now.score);
  return { ...common, status, score, todo, spent, missed: spent ? missed : [] };
}

export const markOf = ({ outline, tracking }: Parts["course"]) =>
  (outline.pages.find(hasQuiz)?.quiz.pass_mark ?? tracking.pass_mark) * 100;

function partOf({ outline }: Parts["course"]) {
  const marks = outline.pages.flatMap(({ mark, covers }) => (mark && !covers ? [mark] : []));
  return marks.length === 1 ? marks[0] : null;
}

/** The higher of two scores, or the current one if the last score counts somewhere. */
const scoreOf = (follows: boolean, before: Hundredths | null, now: Hundredths | null) =>
  now === null || (!follows && before !== null && before > now) ? before : now;

/** What a course that can no longer be passed says: why, and what to do. */
export function spentInWords({ spent, missed, todo }: CourseResult, say: Say) {
  const keys = spent ? ["end_spent", ...(todo.length ? ["end_spent_todo"] : [])] : [];
  return [...missedInWords(say, missed), ...keys.map((key) => say(key))];
}

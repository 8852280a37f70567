// The result of the course as a trainee is told it: what the LMS is told, or what it holds.

import { createResult, type Confirmed } from "../lms/status-and-score.ts";
import { stillToDo } from "../state/course-total.ts";
import { measure } from "../state/progress.ts";
import { higher, lacking, verdict } from "../state/tracking.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Page } from "../state/course.ts";
import type { Hundredths } from "../state/scoring.ts";
import type { Status } from "../state/state.ts";

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

type Parts = Pick<SurroundingsParts, "visit" | "course" | "work">;

export const isFinal = (status: string) => ["passed", "completed", "failed"].includes(status);

/** Status and score as the LMS has confirmed them; {} where nothing is known of it. */
export function heldOf({ visit: { link, saving }, course, work }: Parts): Partial<Confirmed> {
  if (saving.reported) return saving.reported;
  const { known, launch } = link;
  return known ? createResult({ ...course, state: work.store.state, launch }).reported : {};
}

/**
 * In a visit that is not recorded because it looks back, what the LMS says or has last confirmed.
 */
export function resultOf(parts: Parts): CourseResult {
  const { visit, course, work } = parts;
  const { outline, tracking } = course;
  const { state } = work.store;
  const measured = measure(outline, state, tracking);
  const { quizzes } = measured;
  const together = quizzes.some(({ alone }) => !alone) || quizzes.length === 1;
  const common = {
    mark: together ? markOf(course) : 0,
    taken: !measured.left && quizzes.length > 0 && quizzes.every(({ score }) => score !== null),
  };
  const { known, launch } = visit.link;
  if (known && !launch.recording) {
    const { status = "", score = null } = heldOf(parts);
    const source = launch.status ? "end_held" : status ? "end_confirmed" : "end_unknown";
    const held = (status && higher("incomplete", status)) as Status | "";
    return { ...common, status: held, score, todo: [], source, spent: held === "failed" };
  }
  const now = verdict(measured, tracking);
  const status = higher(state.status, now.status);
  const todo = status === "incomplete" ? stillToDo(outline, measured, tracking) : [];
  const passed = status === "passed" || status === "completed";
  const missing = passed ? [] : lacking(quizzes, tracking);
  const spent = missing.length > 0 && !missing.some(({ open }) => open);
  const score = scoreOf(keepsLast(course), state.score, now.score);
  return { ...common, status, score, todo, spent };
}

export const markOf = ({ outline, tracking }: Parts["course"]) =>
  (outline.pages.find(({ quiz }) => quiz)?.quiz?.pass_mark ?? tracking.pass_mark) * 100;

const keepsLast = ({ outline }: Parts["course"]) =>
  outline.pages.some(({ quiz }) => quiz?.keep === "last");

/** The higher of two scores; where a quiz keeps its last score, what it is `now`. */
const scoreOf = (follows: boolean, before: Hundredths | null, now: Hundredths | null) =>
  now === null || (!follows && before !== null && before > now) ? before : now;

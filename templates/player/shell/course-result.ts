// The result of the course as a trainee is told it: what the LMS is told, or what it holds.

import { createResult } from "../lms/status-and-score.js";
import { stillToDo } from "../state/course-total.js";
import { measure } from "../state/progress.js";
import { higher, lacking, verdict } from "../state/tracking.js";

/** @import {Confirmed, CourseResult, Hundredths, Status, SurroundingsParts} from "../types" */
/** @typedef {Pick<SurroundingsParts, "visit" | "course" | "work">} Parts */

/** @param {string} status */
export const isFinal = (status) => ["passed", "completed", "failed"].includes(status);

/**
 * Status and score as the LMS has confirmed them; {} where nothing is known of it.
 *
 * @param {Parts} parts
 * @returns {Partial<Confirmed>}
 */
export function heldOf({ visit: { link, saving }, course, work }) {
  if (saving.reported) return saving.reported;
  const { known, launch } = link;
  return known ? createResult({ ...course, state: work.store.state, launch }).reported : {};
}

/**
 * In a visit that is not recorded because it looks back, what the LMS says or has last confirmed.
 *
 * @param {Parts} parts
 * @returns {CourseResult}
 */
export function resultOf(parts) {
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
    const held = /** @type {Status | ""} */ (status && higher("incomplete", status));
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

/** @param {Parts["course"]} course */
export const markOf = ({ outline, tracking }) =>
  (outline.pages.find(({ quiz }) => quiz)?.quiz?.pass_mark ?? tracking.pass_mark) * 100;

/** @param {Parts["course"]} course */
const keepsLast = ({ outline }) => outline.pages.some(({ quiz }) => quiz?.keep === "last");

/**
 * The higher of two scores; where a quiz keeps its last score, what it is `now`.
 *
 * @param {boolean} follows
 * @param {Hundredths | null} before
 * @param {Hundredths | null} now
 */
const scoreOf = (follows, before, now) =>
  now === null || (!follows && before !== null && before > now) ? before : now;

// What rules read of a call, and of what was known before it.

import { general, LISTS, MODEL } from "../model.js";

/** @import {Call, JudgedVisit} from "../types" */

export const STATUS = "cmi.core.lesson_status";
export const STATE = "cmi.suspend_data";

/**
 * How many arguments a function has.
 *
 * @type {{[name: string]: number}}
 */
export const ARGUMENTS = {
  LMSInitialize: 1,
  LMSFinish: 1,
  LMSCommit: 1,
  LMSGetValue: 1,
  LMSSetValue: 2,
};

// A call with too few arguments is judged as such alone.
/** @param {Call} call */
export const sets = ({ name, args }) => name === "LMSSetValue" && args.length > 1;
/** @param {Call} call */
export const gets = ({ name, args }) => name === "LMSGetValue" && args.length > 0;

/** @param {string} element */
export const rowOf = (element) => MODEL[general(element)];
/** @param {string} element */
export const isKeyword = (element) => /\._(children|count|version)$/.test(element);
/** @param {string} element */
export const parentOf = (element) => general(`${element.replace(/\._[a-z]+$/, "")}.`).slice(0, -1);
/** @param {string} element */
export const answerOf = (element) => /^cmi\.interactions\.\d+(?=\.)/.exec(element)?.[0];
/** @param {string} element */
export const isJudgedByType = (element) =>
  /^cmi\.interactions\.\d+\.(student_response|correct_responses\.\d+\.pattern)$/.test(element);

/**
 * @param {string} element
 * @param {string} value
 * @param {JudgedVisit} visit
 */
export const takes = (element, value, { told }) => rowOf(element)?.takes?.(value, element, told);

/**
 * The value told, as much of it as the log of a page that went away has.
 *
 * @param {Call} call
 */
export const logged = ({ args, length }) =>
  length === undefined ? args[1] : args[1].replace(/… \(\d+ characters\)$/, "");

/**
 * Whether a visit is in review or browse.
 *
 * @param {JudgedVisit} visit
 */
export const looksBack = ({ said }) => (said.get("cmi.core.lesson_mode") || "normal") !== "normal";

/** @param {JudgedVisit} visit */
export const isWithoutCredit = ({ said }) => said.get("cmi.core.credit") === "no-credit";

/**
 * What the LMS has of an element, as far as anybody said.
 *
 * @param {JudgedVisit} visit
 * @param {string} element
 */
export const known = ({ told, said }, element) => told.get(element) || said.get(element) || "";

/**
 * Whether an index leaves a gap; `more` is by how much a list may grow.
 *
 * @param {string} element
 * @param {JudgedVisit} visit
 * @param {number} more
 */
export function leavesGap(element, visit, more) {
  const steps = element.split(".");
  return steps.some((step, at) => {
    if (!/^\d+$/.test(step)) return false;
    const list = steps.slice(0, at).join(".");
    const has = counted(list, visit);
    // Inside a member nobody counts for us: it starts empty. An LMS that does not count its lists
    // leaves the first index to the course.
    if (has === null) return LISTS.includes(list) ? false : Number(step) >= more;
    return Number(step) >= has + more;
  });
}

/**
 * How many members a list has: as the LMS counted, and those told since; null where it does not
 * count.
 *
 * @param {string} list
 * @param {JudgedVisit} visit
 */
function counted(list, { said, told }) {
  const count = said.get(`${list}._count`) ?? "";
  let most = /^\d+$/.test(count) ? Number(count) : null;
  for (const element of told.keys()) {
    if (!element.startsWith(`${list}.`)) continue;
    const index = Number.parseInt(element.slice(list.length + 1), 10);
    if (index >= (most ?? 0)) most = index + 1;
  }
  return most;
}

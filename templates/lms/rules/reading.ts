// Helpers with which rules read a call and the state of its visit.

import { general, LISTS, MODEL } from "../model.ts";
import type { JudgedVisit } from "../findings.ts";
import type { Call } from "../log.ts";

export const STATUS = "cmi.core.lesson_status";
export const STATE = "cmi.suspend_data";

/** Number of arguments of each function. */
export const ARGUMENTS: { [name: string]: number } = {
  LMSInitialize: 1,
  LMSFinish: 1,
  LMSCommit: 1,
  LMSGetValue: 1,
  LMSSetValue: 2,
};

// A call with too few arguments breaks only the rule about arguments.
export const sets = ({ name, args }: Call) => name === "LMSSetValue" && args.length > 1;
export const gets = ({ name, args }: Call) => name === "LMSGetValue" && args.length > 0;

export const rowOf = (element: string) => MODEL[general(element)];
export const isKeyword = (element: string) => /\._(children|count|version)$/.test(element);
export const parentOf = (element: string) =>
  general(`${element.replace(/\._[a-z]+$/, "")}.`).slice(0, -1);
export const answerOf = (element: string) => /^cmi\.interactions\.\d+(?=\.)/.exec(element)?.[0];
export const isJudgedByType = (element: string) =>
  /^cmi\.interactions\.\d+\.(student_response|correct_responses\.\d+\.pattern)$/.test(element);

export const takes = (element: string, value: string, { told }: JudgedVisit) =>
  rowOf(element)?.takes?.(value, element, told);

/** The value set, or its beginning if the log has no more. */
export const logged = ({ args, length }: Call) =>
  length === undefined ? args[1] : args[1].replace(/… \(\d+ characters\)$/, "");

/** Whether a visit is in review or browse mode. */
export const looksBack = ({ said }: JudgedVisit) =>
  (said.get("cmi.core.lesson_mode") || "normal") !== "normal";

export const isWithoutCredit = ({ said }: JudgedVisit) =>
  said.get("cmi.core.credit") === "no-credit";

/** The last known value of an element. */
export const known = ({ told, said }: JudgedVisit, element: string) =>
  told.get(element) || said.get(element) || "";

/** Whether an index leaves a gap; `more` is by how much a list may grow. */
export function leavesGap(element: string, visit: JudgedVisit, more: number) {
  const steps = element.split(".");
  return steps.some((step, at) => {
    if (!/^\d+$/.test(step)) return false;
    const list = steps.slice(0, at).join(".");
    const has = counted(list, visit);
    // Lists inside a member start empty. If an LMS does not count a list, the course chooses the
    // first index.
    if (has === null) return LISTS.includes(list) ? false : Number(step) >= more;
    return Number(step) >= has + more;
  });
}

/**
 * The number of members in a list: the LMS's count, and those set since; null if the LMS does not
 * count it.
 */
function counted(list: string, { said, told }: JudgedVisit) {
  const count = said.get(`${list}._count`) ?? "";
  let most = /^\d+$/.test(count) ? Number(count) : null;
  for (const element of told.keys()) {
    if (!element.startsWith(`${list}.`)) continue;
    const index = Number.parseInt(element.slice(list.length + 1), 10);
    if (index >= (most ?? 0)) most = index + 1;
  }
  return most;
}

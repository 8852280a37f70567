// How far each module is, for LMSs that keep objectives (facts/scorm-1.2.md#data-model). Nothing
// depends on it.

import { score as scoreText } from "./limits.js";

/** @import {Key, Objectives, Outline, Page, Pair, Session, State, Verdict} from "../types" */

/**
 * A module with an id.
 *
 * @typedef Objective
 * @property {string} id
 * @property {Page[]} pages
 * @property {number} guess Where it is in the list if modules were not moved.
 * @property {number | null} at Where it is, null before that is known.
 * @property {string | null} status What the LMS has of it, null where it has not been asked.
 * @property {Map<string, string>} sent Leaves and their values, as they were written.
 * @property {Map<string, string>} sure As they were confirmed.
 */

/**
 * @typedef Given
 * @property {Pick<Session, "get">} session
 * @property {Outline} outline
 * @property {State} state
 * @property {(pages: Page[]) => Verdict} judge
 * @property {(one: string, other: string) => string} higher
 */

const LIST = "cmi.objectives";
const NAMES = ["id", "score.raw", "status"];
// Calls that a save can spare, so that a page view takes five at most, and the last save of a
// visit.
const SPARE = 1;
const SPARE_LAST = 3;

/**
 * The modules of an outline with their pages; those of one id are one.
 *
 * @param {Outline} outline
 */
function modulesOf({ modules, pages }) {
  /** @type {Map<string, Page[]>} */
  const found = new Map();
  let at = 0;
  for (const { id, count } of modules) {
    const own = pages.slice(at, at + count);
    at += count;
    if (id) found.set(id, [...(found.get(id) ?? []), ...own]);
  }
  return [...found];
}

/**
 * The objectives of a running `session`, one for each module, found again by their ids; null where
 * the LMS keeps none. `judge(pages)` gives status and score (hundredths of a percent or null) of
 * some pages, `higher` is that of tracking.js. `state` is the trainee's; where the LMS had
 * confirmed what it says, it is taken to have the objectives too.
 *
 * @param {Given} given
 * @returns {Objectives | null}
 */
export function createObjectives({ session, outline, state, judge, higher }) {
  const count = session.get(`${LIST}._count`);
  if (!/^\d+$/.test(count)) return null;
  /** @type {(string | null)[]} */
  const ids = Array.from({ length: Number(count) }, () => null);
  const told = state.reported && ids.length > 0;
  let spare = 0;
  let stopped = false;

  const all = modulesOf(outline).map(([id, pages], guess) => {
    /** @type {Objective} */
    const one = { id, pages, guess, at: null, status: "", sent: new Map(), sure: new Map() };
    if (told) one.sure = new Map(wanted(one));
    one.sent = new Map(one.sure);
    return one;
  });

  /**
   * What the LMS is to have of a module, in this order; nothing before the trainee has come to it.
   *
   * @param {Pick<Objective, "id" | "pages" | "status">} module
   * @returns {Pair[]}
   */
  function wanted({ id, pages, status: before }) {
    const { status, score } = judge(pages);
    const begun =
      status !== "incomplete" || score !== null || pages.some(({ key }) => state.visited.has(key));
    if (!begun) return [];
    return [
      ["id", id],
      .../** @type {Pair[]} */ (score === null ? [] : [["score.raw", scoreText(score)]]),
      ["status", higher(/** @type {string} */ (before), status)],
    ];
  }

  /** @param {Objective} one */
  const missing = (one) => wanted(one).filter(([name, value]) => one.sent.get(name) !== value);
  // The list may not have gaps: one whose id is not written yet goes before those that come after
  // it.
  const inOrder = () =>
    [...all].sort((one, other) => (one.at ?? ids.length) - (other.at ?? ids.length));
  /**
   * @param {Objective} one
   * @param {string} name
   */
  const elementOf = (one, name) => `${LIST}.${one.at}.${name}`;

  /**
   * @param {number} index
   * @param {string} name
   */
  function read(index, name) {
    spare -= 1;
    return session.get(`${LIST}.${index}.${name}`);
  }

  /**
   * Whether the place of a module is known, and what the LMS has there; a new one is at the end.
   *
   * @param {Objective} one
   */
  function place(one) {
    for (const index of one.at === null ? [one.guess, ...ids.keys()] : []) {
      if (index >= ids.length) continue;
      if (ids[index] === null && spare < 1) return false;
      ids[index] ??= read(index, "id");
      if (ids[index] !== one.id) continue;
      one.at = index;
      one.status = told ? "" : null;
      one.sent.set("id", one.id);
      break;
    }
    if (spare < 1) return false;
    if (one.at === null) {
      one.at = ids.push(one.id) - 1;
      one.sent.clear();
    }
    if (one.status === null) {
      one.status = read(one.at, "status");
      one.sent.set("status", one.status);
    }
    return true;
  }

  return {
    /**
     * Elements and values to be written with one save, or with the `last`, as far as calls allow.
     */
    values(last) {
      /** @type {Pair[]} */
      const pairs = [];
      spare = last ? SPARE_LAST : SPARE;
      for (const one of stopped ? [] : inOrder()) {
        if (!missing(one).length) continue;
        if (!place(one)) break;
        for (const [name, value] of missing(one)) {
          if (spare < 1) return pairs;
          spare -= 1;
          pairs.push([elementOf(one, name), value]);
        }
      }
      return pairs;
    },
    /** These pairs were written; call what this returns once the LMS has stored them. */
    sent(pairs) {
      const written = new Map(pairs);
      for (const one of all) {
        for (const name of NAMES) {
          const value = written.get(elementOf(one, name));
          if (value !== undefined) one.sent.set(name, value);
        }
      }
      const now = all.map(({ sent }) => new Map(sent));
      return () => {
        for (const [at, one] of all.entries()) one.sure = now[at];
      };
    },
    /** What was not confirmed is lost. */
    lost() {
      for (const one of all) one.sent = new Map(one.sure);
    },
    /** The LMS refused one: no more in this visit. */
    stop() {
      stopped = true;
    },
    /** Whether the LMS has confirmed everything. */
    settled: () =>
      !stopped &&
      all.every((one) => wanted(one).every(([name, value]) => one.sure.get(name) === value)),
  };
}

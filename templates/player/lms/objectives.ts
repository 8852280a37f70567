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
 * What is to be told of modules.
 *
 * @typedef Wishes
 * @property {State} state The trainee's.
 * @property {(pages: Page[]) => Verdict} judge Status and score of some pages.
 * @property {(one: string, other: string) => string} higher As in tracking.js.
 */

/** @typedef {(module: Pick<Objective, "id" | "pages" | "status">) => Pair[]} Wanted */

/**
 * The LMS's list of objectives, as far as it has been read.
 *
 * @typedef List
 * @property {Pick<Session, "get">} session
 * @property {(string | null)[]} ids By their places, null where the LMS has not been asked.
 * @property {boolean} told Whether it is taken to have what the state says.
 * @property {number} spare How many calls this save can still make.
 */

const LIST = "cmi.objectives";

/**
 * The modules of an outline with their pages; those of one id are one.
 *
 * @param {Outline} outline
 */
function modulesOf({ modules, pages }) {
  /** @type {Map<string, Page[]>} */
  const pagesById = new Map();
  let at = 0;
  for (const { id, count } of modules) {
    const own = pages.slice(at, at + count);
    at += count;
    if (id) pagesById.set(id, [...(pagesById.get(id) ?? []), ...own]);
  }
  return [...pagesById];
}

/**
 * Tells what the LMS is to have of a module, in this order; nothing before the trainee has come to
 * it.
 *
 * @param {Wishes} wishes
 * @returns {Wanted}
 */
const wantedBy =
  ({ judge, state, higher }) =>
  ({ id, pages, status: before }) => {
    const { status, score } = judge(pages);
    const begun =
      status !== "incomplete" || score !== null || pages.some(({ key }) => state.visited.has(key));
    if (!begun) return [];
    return [
      ["id", id],
      .../** @type {Pair[]} */ (score === null ? [] : [["score.raw", scoreText(score)]]),
      ["status", higher(/** @type {string} */ (before), status)],
    ];
  };

/**
 * What of that is not among what the LMS has.
 *
 * @param {Pair[]} wanted
 * @param {Map<string, string>} had
 */
const missing = (wanted, had) => wanted.filter(([name, value]) => had.get(name) !== value);

/**
 * The list may not have gaps: a module whose id is not written yet goes before those that come
 * after it.
 *
 * @param {Objective[]} modules
 */
const inOrder = (modules) => [...modules].sort((one, other) => (one.at ?? 1e9) - (other.at ?? 1e9));

/**
 * @param {Objective} module
 * @param {string} name
 */
const elementOf = ({ at }, name) => `${LIST}.${at}.${name}`;

/**
 * @param {List} list
 * @param {number} index
 * @param {string} name
 */
function read(list, index, name) {
  list.spare -= 1;
  return list.session.get(`${LIST}.${index}.${name}`);
}

/**
 * Whether the place of a module is known, and what the LMS has there; a new one is at the end.
 *
 * @param {List} list
 * @param {Objective} module
 */
function place(list, module) {
  const { ids } = list;
  for (const index of module.at === null ? [module.guess, ...ids.keys()] : []) {
    if (index >= ids.length) continue;
    if (ids[index] === null && list.spare < 1) return false;
    ids[index] ??= read(list, index, "id");
    if (ids[index] !== module.id) continue;
    module.at = index;
    module.status = list.told ? "" : null;
    module.sent.set("id", module.id);
    break;
  }
  if (list.spare < 1) return false;
  if (module.at === null) {
    module.at = ids.push(module.id) - 1;
    module.sent.clear();
  }
  if (module.status === null) {
    module.status = read(list, module.at, "status");
    module.sent.set("status", module.status);
  }
  return true;
}

/**
 * The objectives of a running `session`, one for each module, found again by their ids; null where
 * the LMS keeps none. Where the LMS had confirmed what the state says, it is taken to have the
 * objectives too.
 *
 * @param {Wishes & Pick<List, "session"> & {outline: Outline}} given
 * @returns {Objectives | null}
 */
export function createObjectives({ session, outline, ...wishes }) {
  const count = session.get(`${LIST}._count`);
  if (!/^\d+$/.test(count)) return null;
  const wanted = wantedBy(wishes);
  const ids = Array(Number(count)).fill(null);
  const told = wishes.state.reported && ids.length > 0;
  /** @type {List} */
  const list = { session, ids, told, spare: 0 };
  let stopped = false;

  const modules = modulesOf(outline).map(([id, pages], guess) => {
    const sure = new Map(told ? wanted({ id, pages, status: "" }) : []);
    /** @type {Objective} */
    const module = { id, pages, guess, at: null, status: "", sent: new Map(sure), sure };
    return module;
  });

  return {
    values(last) {
      /** @type {Pair[]} */
      const pairs = [];
      // So that a page view takes five calls at most, and the last save of a visit a few more.
      list.spare = last ? 3 : 1;
      for (const module of stopped ? [] : inOrder(modules)) {
        if (!missing(wanted(module), module.sent).length) continue;
        if (!place(list, module)) break;
        for (const [name, value] of missing(wanted(module), module.sent).slice(0, list.spare)) {
          list.spare -= 1;
          pairs.push([elementOf(module, name), value]);
        }
      }
      return pairs;
    },
    sent(pairs) {
      const written = new Map(pairs);
      for (const module of modules) {
        for (const [name] of wanted(module)) {
          const value = written.get(elementOf(module, name));
          if (value !== undefined) module.sent.set(name, value);
        }
      }
      const now = modules.map(({ sent }) => new Map(sent));
      return () => {
        for (const [at, module] of modules.entries()) module.sure = now[at];
      };
    },
    lost() {
      for (const module of modules) module.sent = new Map(module.sure);
    },
    stop() {
      stopped = true;
    },
    settled: () =>
      !stopped && modules.every((module) => !missing(wanted(module), module.sure).length),
  };
}

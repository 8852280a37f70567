// How far each module is, for LMSs that keep objectives (facts/scorm-1.2.md#data-model). Nothing
// depends on it.

import { score as scoreText } from "./limits.ts";
import type { Outline, Page, Tracking } from "../state/course.ts";
import type { measure } from "../state/progress.ts";
import type { State } from "../state/state.ts";
import type { Verdict, higher, verdict } from "../state/tracking.ts";
import type { Pair } from "./elements.ts";
import type { Session } from "./session.ts";

/** How far each module is, for LMSs that keep objectives. */
export interface Objectives {
  /** Elements and values to be written with one save, or with the `last`, as far as calls allow. */
  values(last: boolean): Pair[];
  /** These pairs were written; call what this returns once the LMS has stored them. */
  sent(pairs: Pair[]): () => void;
  /** What was not confirmed is lost. */
  lost(): void;
  /** The LMS refused one: no more in this visit. */
  stop(): void;
  /** Whether the LMS has confirmed everything. */
  settled(): boolean;
}

/** What the part shell-objectives brings, which makes the objectives of a visit. */
export type ObjectivesPart = (given: {
  session: Session;
  outline: Outline;
  state: State;
  tracking: Tracking;
  higher: typeof higher;
  verdict: typeof verdict;
  measure: typeof measure;
}) => Objectives | null;

/** A module with an id. */
interface Objective {
  id: string;
  pages: Page[];
  /** Where it is in the list if modules were not moved. */
  guess: number;
  /** Where it is, null before that is known. */
  at: number | null;
  /** What the LMS has of it, null where it has not been asked. */
  status: string | null;
  /** Leaves and their values, as they were written. */
  sent: Map<string, string>;
  /** As they were confirmed. */
  sure: Map<string, string>;
}

/** What is to be told of modules. */
interface Wishes {
  /** The trainee's. */
  state: State;
  /** Status and score of some pages. */
  judge: (pages: Page[]) => Verdict;
  /** As in tracking.ts. */
  higher: (one: string, other: string) => string;
}

type Wanted = (module: Pick<Objective, "id" | "pages" | "status">) => Pair[];

/** The LMS's list of objectives, as far as it has been read. */
interface List {
  session: Pick<Session, "get">;
  /** By their places, null where the LMS has not been asked. */
  ids: (string | null)[];
  /** Whether it is taken to have what the state says. */
  told: boolean;
  /** How many calls this save can still make. */
  spare: number;
}

const LIST = "cmi.objectives";

/** The modules of an outline with their pages; those of one id are one. */
function modulesOf({ modules, pages }: Outline) {
  const pagesById = new Map<string, Page[]>();
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
 */
const wantedBy =
  ({ judge, state, higher }: Wishes): Wanted =>
  ({ id, pages, status: before }) => {
    const { status, score } = judge(pages);
    const begun =
      status !== "incomplete" || score !== null || pages.some(({ key }) => state.visited.has(key));
    if (!begun) return [];
    return [
      ["id", id],
      ...((score === null ? [] : [["score.raw", scoreText(score)]]) as Pair[]),
      ["status", higher(before as string, status)],
    ];
  };

/** What of that is not among what the LMS has. */
const missing = (wanted: Pair[], had: Map<string, string>) =>
  wanted.filter(([name, value]) => had.get(name) !== value);

/**
 * The list may not have gaps: a module whose id is not written yet goes before those that come
 * after it.
 */
const inOrder = (modules: Objective[]) =>
  [...modules].sort((one, other) => (one.at ?? 1e9) - (other.at ?? 1e9));

const elementOf = ({ at }: Objective, name: string) => `${LIST}.${at}.${name}`;

function read(list: List, index: number, name: string) {
  list.spare -= 1;
  return list.session.get(`${LIST}.${index}.${name}`);
}

/** Whether the place of a module is known, and what the LMS has there; a new one is at the end. */
function place(list: List, module: Objective) {
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
 */
export function createObjectives({
  session,
  outline,
  ...wishes
}: Wishes & Pick<List, "session"> & { outline: Outline }): Objectives | null {
  const count = session.get(`${LIST}._count`);
  if (!/^\d+$/.test(count)) return null;
  const wanted = wantedBy(wishes);
  const ids = Array(Number(count)).fill(null);
  const told = wishes.state.reported && ids.length > 0;
  const list: List = { session, ids, told, spare: 0 };
  let stopped = false;

  const modules = modulesOf(outline).map(([id, pages], guess) => {
    const sure = new Map(told ? wanted({ id, pages, status: "" }) : []);
    const module: Objective = { id, pages, guess, at: null, status: "", sent: new Map(sure), sure };
    return module;
  });

  return {
    values(last) {
      const pairs: Pair[] = [];
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

// Reports the progress of each module to LMSs that keep objectives (facts/scorm-1.2.md#data-model).
// Nothing depends on it.

import { score as scoreText } from "./limits.ts";
import type { Outline, Page, Tracking } from "../state/course.ts";
import type { measure } from "../state/progress.ts";
import type { State } from "../state/state.ts";
import type { Verdict, higher, verdict } from "../state/tracking.ts";
import type { Pair } from "./elements.ts";
import type { Session } from "./session.ts";

export interface Objectives {
  /**
   * Elements and values to write with one save, or with the `last` one, within the limit on calls.
   */
  values(last: boolean): Pair[];
  /** These pairs were written. Call the returned function once the LMS has stored them. */
  sent(pairs: Pair[]): () => void;
  /** Everything unconfirmed is lost and has to be written again. */
  lost(): void;
  /** The LMS refused an objective: write no more in this visit. */
  stop(): void;
  /** Whether the LMS has confirmed everything. */
  settled(): boolean;
}

/** What the part shell-objectives exports. */
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
  /** Its index in the list if the modules have not been reordered. */
  guess: number;
  /** Its index; null until it is known. */
  at: number | null;
  /** The status in the LMS; null until it has been read. */
  status: string | null;
  /** Leaves and values as written. */
  sent: Map<string, string>;
  /** Leaves and values as confirmed. */
  sure: Map<string, string>;
}

/** What the values of modules are computed from. */
interface Basis {
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
  /** Ids by index; null if not read yet. */
  ids: (string | null)[];
  /** Whether the LMS can be assumed to have what the state says. */
  trusted: boolean;
  /** How many more calls this save may make. */
  spare: number;
}

const LIST = "cmi.objectives";

/** The modules of an outline with their pages. Modules with the same id are one. */
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
 * Returns the values that the LMS is to have of a module, in order; none until the trainee has
 * reached it.
 */
const wantedBy =
  ({ judge, state, higher }: Basis): Wanted =>
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

/** The wanted values that the LMS does not have. */
const missing = (wanted: Pair[], had: Map<string, string>) =>
  wanted.filter(([name, value]) => had.get(name) !== value);

/** The list must not have gaps: modules with an index come first, and new ones are appended. */
const inOrder = (modules: Objective[]) =>
  [...modules].sort((one, other) => (one.at ?? 1e9) - (other.at ?? 1e9));

const elementOf = ({ at }: Objective, name: string) => `${LIST}.${at}.${name}`;

function read(list: List, index: number, name: string) {
  list.spare -= 1;
  return list.session.get(`${LIST}.${index}.${name}`);
}

/**
 * Finds the index of a module and reads its status; a new module gets the index at the end. Returns
 * false if there are no calls left for that.
 */
function place(list: List, module: Objective) {
  const { ids } = list;
  for (const index of module.at === null ? [module.guess, ...ids.keys()] : []) {
    if (index >= ids.length) continue;
    if (ids[index] === null && list.spare < 1) return false;
    ids[index] ??= read(list, index, "id");
    if (ids[index] !== module.id) continue;
    module.at = index;
    module.status = list.trusted ? "" : null;
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
 * The objectives of a running `session`, one for each module, found by id; null if the LMS keeps
 * none. If the LMS had confirmed the state, it is assumed to have the objectives, too.
 */
export function createObjectives({
  session,
  outline,
  ...basis
}: Basis & Pick<List, "session"> & { outline: Outline }): Objectives | null {
  const count = session.get(`${LIST}._count`);
  if (!/^\d+$/.test(count)) return null;
  const wanted = wantedBy(basis);
  const ids = Array(Number(count)).fill(null);
  const trusted = basis.state.reported && ids.length > 0;
  const list: List = { session, ids, trusted, spare: 0 };
  let stopped = false;

  const modules = modulesOf(outline).map(([id, pages], guess) => {
    const sure = new Map(trusted ? wanted({ id, pages, status: "" }) : []);
    const module: Objective = { id, pages, guess, at: null, status: "", sent: new Map(sure), sure };
    return module;
  });

  return {
    values(last) {
      const pairs: Pair[] = [];
      // At most five calls for a page view, and a few more for the last save.
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

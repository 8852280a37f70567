// The composition root: finds the LMS, reads the trainee's work, and connects the parts.

import { button, el, focusOn } from "../dom/element.ts";
import { nextTask } from "../dom/next-task.ts";
import { createWords, type Say } from "../dom/words.ts";
import { createOldCopy } from "../keep/old-copy.ts";
import { watchLeaving } from "../keep/page-end.ts";
import { isLeft, watchUnsaved } from "../keep/unsaved-warning.ts";
import { findApi } from "../lms/find-api.ts";
import { createNotices } from "../shell/notices.ts";
import { showRetry } from "../shell/retry-notice.ts";
import { createSaveStatus } from "../shell/save-status.ts";
import { createArrival } from "./arrival.ts";
import { byId } from "./by-id.ts";
import { createGuard } from "./errors.ts";
import { createLink } from "./lms-link.ts";
import { completeOutline } from "./outline.ts";
import { createContent, createPages, type Content, type Pages } from "./pages.ts";
import { createRecording } from "./recording.ts";
import { chunks } from "./registry.ts";
import { rules, type Rules } from "./rules.ts";
import { createVisit, type VisitParts } from "./visit.ts";
import { whenIdle } from "./when-idle.ts";
import { readWork, type Work } from "./work.ts";
import type { Timer } from "../lms/pace.ts";
import type { createQuickExit } from "../shell/quick-exit.ts";
import type { Course, Outline, Tracking, WholeCourse } from "../state/course.ts";
import type { Locks } from "../state/locks.ts";
import type { ChunkName } from "../state/page-data.ts";
import type { State } from "../state/state.ts";
import type { Language, Launching } from "../shell/language-launch.ts";
import type { Shown, Surroundings, SurroundingsParts } from "./surroundings.ts";

/** The JSON in index.html (#course-data). */
export interface CourseData {
  course: Course;
  tracking: Tracking;
  text: Record<string, string>;
  /** The start of the outline. */
  outline: Outline;
  /**
   * The chunk with the rest of the outline, and with what only courses with locks or modules need.
   */
  rest: ChunkName;
  /** The chunks of the interface around the pages. */
  visit: ChunkName[];
  /** The source language, then the translations; absent if there are none. */
  languages?: Language[];
}

/** What the part shell-locks exports. */
export interface Locking {
  createLocks: (given: LocksParts) => Locks;
  linkLocks: (outline: Outline) => void;
}
type LocksParts = { state: State; say: Say; el: typeof el; course: Course; progress: Rules };
type Leaving = typeof createQuickExit;
type MountSurroundings = (parts: SurroundingsParts) => Promise<Surroundings>;

const log = (message: string) => console.info(`scorm-builder: ${message}`);
const readJson = (id: string) => JSON.parse(byId(id).textContent as string);

async function start() {
  const leaving = chunks.arrived("part", "shell-leave") as Leaving | undefined;
  leaving?.(document.querySelector(".leave") as HTMLElement, { button, el });
  // After a quick exit, the trainee has to ask for the course first (quick-exit.ts).
  if (isLeft()) return;
  byId("alone").remove();
  const { course: about, tracking, text, outline, ...given }: CourseData = readJson("course-data");
  const content = createContent(readJson("first-page"));
  const say = createWords(text, about.language, about.plurals);
  const notices = createNotices(byId("notices"), say);
  const placed = window.parent !== window || Boolean(window.opener);
  const link = createLink(() => findApi(window), log, createOldCopy(), placed);
  link.connect();
  const course = { ...about, tracking, outline };
  const work = readWork(course, link);

  const status = createSaveStatus(byId("save-status"), say);
  const timer: Timer = (call, ms) => setTimeout(() => link.session.idle(call), ms);
  let arrived: Promise<void>;
  const recording = createRecording(course, work, status, timer, () => arrived);
  const visit = createVisit(link, recording);
  const expected = placed || link.session.found;
  if (link.launch.recording) visit.begin();
  else status.tell("off", link.known ? "nothing_recorded" : expected ? "connecting" : "no_lms");
  const guard = createGuard(() => notices.show("part", say("part_failed")));
  const parts = { visit, course, content, work, view: { say, notices, status, guard, timer } };
  const arrival = createArrival({
    // Without recording there is no Exit button.
    buttons: `[data-shell]${visit.recorded ? "" : ":not(#exit-button)"}`,
    async load() {
      const visiting = chunks.loadAll(given.visit);
      const [brought] = await Promise.all([visiting, complete(parts, given.rest, pages)]);
      const shown = brought.pop() as Shown;
      say.add(shown.text);
      const mount = chunks.arrived("part", "shell-visit") as MountSurroundings;
      return mount({ ...parts, given, shown, view: { ...parts.view, ...pages } });
    },
    failed(retry) {
      if (document.getElementById("begin")?.hidden) pages.cover?.fill();
      if (!retry) return notices.hide("visit");
      // Only this part looks for an LMS that is defined late.
      if (!link.known && expected) status.tell("off", "nothing_recorded");
      showRetry(parts.view, "visit", say("visit_failed"), retry, false);
    },
    timer,
  });
  const pages = createPages(parts, arrival);
  arrival.turned = () => pages.navigation.turn(true);
  watchLeaving(visit, pages.settle);
  watchUnsaved(parts, () => !arrival.there);
  showWays();
  const launch = chunks.arrived("part", "shell-language-choice") as Launching | undefined;
  await launch?.(Object.assign({ given }, parts), pages, arrival);
  const first = loadFirst(content, course, work);
  pages.navigation.start();
  // Begins once the first page is shown.
  arrived = Promise.allSettled([first]).then(nextTask).then(arrival.begin);
  // Loads number formats before the first page needs them.
  whenIdle(() => say.number(outline.of));
}

/** Loads the first page before everything else if Start leads to it, for slow connections. */
const loadFirst = (content: Content, { outline }: WholeCourse, { store: { state } }: Work) =>
  state.visited.size ? null : content.load(outline.pages[0]);

/** Links and buttons that need the script. */
function showWays() {
  const help = byId("help-link") as HTMLAnchorElement | null;
  if (help) Object.assign(help, { href: "#help", hidden: false });
  (document.querySelector(".skip-link") as HTMLElement).onclick = (event) => {
    event.preventDefault();
    focusOn(document.querySelector("main h1"));
  };
}

/** Loads the rest of the outline, and updates what depends on it. */
async function complete(
  { visit, course, work, view: { say } }: VisitParts,
  chunk: ChunkName,
  pages: Pages,
) {
  const { outline } = course;
  if (!outline.partial) return;
  const { text = {}, ...rest } = (await chunks.load(...chunk)) as Outline & {
    text?: Record<string, string>;
  };
  say.add(text);
  completeOutline(outline, rest);
  const locking = chunks.arrived("part", "shell-locks") as Locking | undefined;
  locking?.linkLocks(outline);
  rules().completeWork(work, course, visit.link);
  const { state } = work.store;
  // Passed in, so that shell-locks need not contain the rules again.
  pages.complete(locking?.createLocks({ state, say, el, course, progress: rules() }) ?? null);
}

// In a task of its own: the parts in the same file have run by then.
nextTask().then(start);

// The composition root: finds the LMS, reads the trainee's work, puts the parts together.

import { button, el, focusOn } from "../dom/element.js";
import { createWords } from "../dom/words.js";
import { createOldCopy } from "../keep/old-copy.js";
import { watchLeaving } from "../keep/page-end.js";
import { isLeft, watchUnsaved } from "../keep/unsaved-warning.js";
import { findApi } from "../lms/find-api.js";
import { createNotices } from "../shell/notices.js";
import { showRetry } from "../shell/retry-notice.js";
import { createSaveStatus } from "../shell/save-status.js";
import { createArrival } from "./arrival.js";
import { byId } from "./by-id.js";
import { createGuard } from "./errors.js";
import { createLink } from "./lms-link.js";
import { completeOutline } from "./outline.js";
import { createContent, createPages } from "./pages.js";
import { createRecording } from "./recording.js";
import { chunks } from "./registry.js";
import { rules } from "./rules.js";
import { createVisit } from "./visit.js";
import { readWork } from "./work.js";

/** @import {ChunkName, CourseData, Locks, Outline, Pages, Rules, Say} from "../types" */
/** @import {Shown, State, Surroundings, SurroundingsParts, Timer, VisitParts} from "../types" */
/**
 * @typedef {object} Locking What the part shell-locks brings.
 * @property {(given: LocksParts) => Locks} createLocks
 * @property {(outline: Outline) => void} linkLocks
 */
/** @typedef {{state: State, say: Say, el: typeof el, progress: Rules}} LocksParts */
/** @typedef {typeof import("../shell/quick-exit.js").createQuickExit} Leaving */
/** @typedef {(parts: SurroundingsParts) => Surroundings} MountSurroundings */

/** @param {string} message */
const log = (message) => console.info(`scorm-builder: ${message}`);
/** @param {string} id */
const readJson = (id) => JSON.parse(/** @type {string} */ (byId(id).textContent));

async function start() {
  const leaving = /** @type {Leaving | undefined} */ (chunks.arrived("part", "shell-leave"));
  leaving?.(/** @type {HTMLElement} */ (document.querySelector(".leave")), { button, el });
  // Whoever left in a hurry has not asked for the course yet (quick-exit.js).
  if (isLeft()) return;
  byId("alone").remove();
  /** @type {CourseData} */
  const { course: about, tracking, text, outline, ...given } = readJson("course-data");
  const content = createContent(readJson("first-page"));
  const say = createWords(text, about.language);
  const notices = createNotices(byId("notices"), say("messages"));
  const placed = window.parent !== window || Boolean(window.opener);
  const link = createLink(() => findApi(window), log, createOldCopy(), placed);
  link.connect();
  const course = { ...about, tracking, outline };
  const work = readWork(course, link.launch);

  const status = createSaveStatus(byId("save-status"), say);
  /** @type {Timer} */
  const timer = (call, ms) => setTimeout(() => link.session.idle(call), ms);
  /** @type {Promise<void>} */
  let arrived;
  const recording = createRecording(course, work, status, timer, () => arrived);
  const visit = createVisit(link, recording);
  const expected = placed || link.session.found;
  if (link.launch.recording) visit.begin();
  else
    status.tell("off", say(link.known ? "nothing_recorded" : expected ? "connecting" : "no_lms"));

  const guard = createGuard(() => notices.show("part", say("part_failed")));
  const parts = { visit, course, content, work, view: { say, notices, status, guard, timer } };
  const arrival = createArrival({
    // Without a visit that is recorded there is no Exit.
    buttons: `[data-shell]${visit.recorded ? "" : ":not(#exit-button)"}`,
    async load() {
      const visiting = chunks.loadAll(given.visit);
      const [brought] = await Promise.all([visiting, complete(parts, given.rest, pages)]);
      const shown = /** @type {Shown} */ (brought.pop());
      say.add(shown.text);
      const mount = /** @type {MountSurroundings} */ (chunks.arrived("part", "shell-visit"));
      return mount({ ...parts, shown, view: { ...parts.view, ...pages } });
    },
    failed(retry) {
      if (!retry) return notices.hide("visit");
      // Only this part looks for an LMS that is late.
      if (!link.known && expected) status.tell("off", say("nothing_recorded"));
      showRetry(parts.view, "visit", say("visit_failed"), retry, false);
    },
    timer,
  });
  const pages = createPages(parts, arrival);
  arrival.turned = () => pages.navigation.turn(true);

  watchLeaving(visit, pages.settle);
  watchUnsaved(parts, () => !arrival.there);
  showWays();
  pages.navigation.start();
  arrived = arrival.begin();
}

/** What leads somewhere only with a script. */
function showWays() {
  const help = /** @type {HTMLAnchorElement | null} */ (byId("help-link"));
  if (help) Object.assign(help, { href: "#help", hidden: false });
  /** @type {HTMLElement} */ (document.querySelector(".skip-link")).onclick = (event) => {
    event.preventDefault();
    focusOn(document.querySelector("main h1"));
  };
}

/**
 * Brings the whole list of pages, and what follows from it.
 *
 * @param {VisitParts} parts
 * @param {ChunkName} chunk
 * @param {Pages} pages
 */
async function complete({ course: { outline }, work, view: { say } }, chunk, pages) {
  if (!outline.partial) return;
  const { text = {}, ...rest } = /** @type {Outline & {text?: Record<string, string>}} */ (
    await chunks.load(...chunk)
  );
  say.add(text);
  completeOutline(outline, rest);
  const locking = /** @type {Locking | undefined} */ (chunks.arrived("part", "shell-locks"));
  locking?.linkLocks(outline);
  work.complete(rules());
  const { state } = work.store;
  // A part that comes with locks need not bring the rules again.
  pages.complete(locking?.createLocks({ state, say, el, progress: rules() }) ?? null);
}

// The parts that stand in the same file are to be there.
if (document.readyState === "complete") queueMicrotask(start);
else addEventListener("DOMContentLoaded", start);

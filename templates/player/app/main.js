// The composition root: finds the LMS, reads the trainee's work, puts the parts together.

import { el, focusOn } from "../dom/element.js";
import { createWords } from "../dom/words.js";
import { createOldCopy } from "../keep/old-copy.js";
import { watchLeaving } from "../keep/page-end.js";
import { isLeft, watchUnsaved } from "../keep/unsaved-warning.js";
import { findApi } from "../lms/find-api.js";
import { createNotices } from "../shell/notices.js";
import { showRetry } from "../shell/retry-notice.js";
import { createSaveStatus } from "../shell/save-status.js";
import { gateLost, gateOpen, missing, pageShut } from "../state/progress.js";
import { createArrival } from "./arrival.js";
import { byId } from "./by-id.js";
import { createGuard } from "./errors.js";
import { createLink } from "./lms-link.js";
import { createContent, createPages } from "./pages.js";
import { createRecording } from "./recording.js";
import { chunks } from "./registry.js";
import { createVisit } from "./visit.js";
import { readWork } from "./work.js";

/** @import {Action, CourseData, Locks, Notices, Outline, Say, State, Shown} from "../types" */
/** @import {Surroundings, SurroundingsParts, Timer} from "../types" */
/**
 * @typedef {object} Locking What the part shell-locks brings.
 * @property {(given: LocksParts) => Locks} createLocks
 * @property {(outline: Outline) => void} linkLocks
 */
/** @typedef {{state: State, say: Say, el: typeof el, progress: typeof progress}} LocksParts */
/** @typedef {(parts: SurroundingsParts) => Surroundings} MountSurroundings */

/** @param {string} message */
const log = (message) => console.info(`scorm-builder: ${message}`);
// A part that comes with locks need not bring these again.
const progress = { gateLost, gateOpen, missing, pageShut };
/** @param {string} id */
const readJson = (id) => JSON.parse(/** @type {string} */ (byId(id).textContent));

async function start() {
  // Whoever left in a hurry has not asked for the course yet (quick-exit.js).
  if (isLeft()) return;
  /** @type {CourseData} */
  const { course: about, tracking, text, outline: inline, ...given } = readJson("course-data");
  const content = createContent(readJson("first-page"));
  const say = createWords(text, about.language);
  const notices = createNotices(byId("notices"), say("messages"));
  const placed = window.parent !== window || Boolean(window.opener);
  const link = createLink(() => findApi(window), log, createOldCopy(), placed);
  link.connect();
  const outline =
    inline ?? (await loadOutline(/** @type {string} */ (given.outline_chunk), { notices, say }));
  const locking = /** @type {Locking | undefined} */ (chunks.arrived("part", "shell-locks"));
  locking?.linkLocks(outline);
  const course = { ...about, tracking, outline };
  const work = readWork(course, link.launch);
  const { state } = work.store;
  const locks = locking?.createLocks({ state, say, el, progress }) ?? null;

  const status = createSaveStatus(byId("save-status"), say);
  /** @type {Timer} */
  const timer = (call, ms) => setTimeout(() => link.session.idle(call), ms);
  const visit = createVisit(link, createRecording(course, work, status, timer));
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
      const shown = /** @type {Shown} */ ((await chunks.loadAll(given.visit)).pop());
      say.add(shown.text);
      const mount = /** @type {MountSurroundings} */ (chunks.arrived("part", "shell-visit"));
      return mount({ ...parts, shown, view: { ...parts.view, ...pages } });
    },
    failed(retry) {
      if (!retry) return notices.hide("visit");
      // Only this part looks for an LMS that is late.
      if (!link.known && expected) status.tell("off", say("nothing_recorded"));
      showRetry(parts.view, "visit", "visit_failed", retry, false);
    },
    timer,
  });
  const pages = createPages(parts, locks, arrival);
  watchLeaving(visit, pages.settle);
  watchUnsaved(parts, () => !arrival.there);
  const help = byId("help");
  if (help) help.hidden = false;
  /** @type {HTMLElement} */ (document.querySelector(".skip-link")).onclick = (event) => {
    event.preventDefault();
    focusOn(document.querySelector("main h1"));
  };
  pages.navigation.start();
  arrival.begin();
}

/**
 * The list of pages of a long course; asks again for as long as it takes.
 *
 * @param {string} src
 * @param {{notices: Notices, say: Say}} view
 */
async function loadOutline(src, view) {
  for (;;) {
    try {
      const outline = /** @type {Outline} */ (await chunks.load("outline", "", src));
      view.notices.hide("outline");
      return outline;
    } catch {
      await new Promise((/** @type {Action[1]} */ retry) =>
        showRetry(view, "outline", "page_failed", retry),
      );
    }
  }
}

if (document.readyState === "complete") start();
else addEventListener("DOMContentLoaded", start);

// Runs in the simulated LMS's page, beside the course and within its reach: keeps the course as the
// author's files are, and does to it what the author's window asks for. It knows no secret.

import { courseWindow } from "./course-window.js";
import { createEditions } from "./editions.js";
import { createLine } from "./line.js";
import { createLook } from "./look.js";
import { keepPlace, restorePlace } from "./place.js";
import { createPointing } from "./pointing.js";
import { reloadCourse } from "./reload.js";
import { swap } from "./swap.js";

/** @import {Cue, Offline} from "./types" */

/** Milliseconds between two looks at where the course is. */
const OFTEN = 100;

const author = new URLSearchParams(location.search).get("author") ?? "";
const line = createLine(author);
const editions = createEditions();
const look = createLook();
const pointing = createPointing((place) => line.tell("pointed", place));

/** @type {Document | null} */
let attached = null;
/** The page on view, "" for a view that is none; null before the author's window knows of it. */
let page = /** @type {string | null} */ (null);
/** @type {Promise<void>} */
let work = Promise.resolve();
let offline = false;
let shut = false;

let leaving = false;
/** @type {Cue | null} */
let last = null;

/** One change after the other. @param {() => Promise<void>} act */
function inTurn(act) {
  work = work.then(act).catch((error) => {
    // What was asked for is not waited for any more.
    if (!leaving && !offline && !shut) console.error(error);
  });
}

/** What there is to do when the course has another document. @param {Window} course */
async function attach(course) {
  attached = course.document;
  page = null;
  pointing.attach(course);
  look.attach(course);
  setOffline(course);
  if (!(await editions.begin(course.document))) return reloadCourse();
  await restorePlace(course);
}

/** @param {Window} course */
function setOffline(course) {
  for (const one of [window, course]) {
    Object.defineProperty(one.navigator, "onLine", { get: () => !offline, configurable: true });
  }
}

function watch() {
  const course = courseWindow();
  if (!course) return;
  if (course.document !== attached) inTurn(() => attach(course));
  look.refresh(course);
  const article = course.document.querySelector("main article");
  const now = article?.getAttribute("data-page") ?? "";
  if (!article || now === page) return;
  line.tell("at", { page: now, fresh: page === null });
  page = now;
  pointing.clear();
}

/** The author's files may have changed: without a line nothing of it comes. */
async function change() {
  const course = courseWindow();
  if (!course || course.document !== attached || !last || offline || shut) return;
  const change = await editions.next();
  if (!change) return;
  const began = performance.now();
  const at = keepPlace(course).page;
  const whole = change.structure || !(await swap(course, change, last.search));
  const pages = change.pages.map(({ id }) => id);
  line.tell("changed", { pages, at, whole, ms: Math.round(performance.now() - began) });
  if (whole) await reloadCourse();
}

for (const name of /** @type {const} */ (["hello", "view"])) {
  line.on(name, (cue) => {
    last = cue;
    inTurn(change);
  });
}
line.on("go", ({ page: id }) => {
  const course = courseWindow();
  if (course) course.location.hash = `#/${id}`;
});
line.on("look", (wanted) => look.set(wanted, courseWindow()));
line.on("point", ({ on }) => pointing.always(on));
line.on("again", () => inTurn(reloadCourse));
line.on("offline", (/** @type {Offline} */ { on, shut: refused }) => {
  const changed = offline !== on;
  const opened = (offline || shut) && !on && !refused;
  offline = on;
  shut = refused;
  if (opened) inTurn(change);
  const course = courseWindow();
  if (!changed || !course) return;
  setOffline(course);
  for (const one of [window, course]) one.dispatchEvent(new Event(on ? "offline" : "online"));
});
for (const name of ["beforeunload", "pagehide"]) addEventListener(name, () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));
setInterval(watch, OFTEN);

// Runs in the simulated LMS's page, with access to the course: keeps the course up to date with the
// author's files, and applies what the author's window asks for. It has no access to the token.

import { courseWindow } from "./course-window.ts";
import { createEditions } from "./editions.ts";
import { createLine, type Cue, type Offline } from "./line.ts";
import { createLook } from "./look.ts";
import { keepPlace, restorePlace } from "./place.ts";
import { createPointing } from "./pointing.ts";
import { reloadCourse } from "./reload.ts";
import { swap } from "./swap.ts";
import { createTurning } from "./turning.ts";

/** Interval in ms for watching the course's page. */
const WATCH_MS = 100;

const author = new URLSearchParams(location.search).get("author") ?? "";
const line = createLine(author);
const editions = createEditions();
const look = createLook();
const turning = createTurning();
const pointing = createPointing((place) => line.tell("pointed", place));

let attached: Document | null = null;
/** Id of the page on view, "" for other views; null until the author's window has been told. */
let page = null as string | null;
/** Tag of the language on view. */
let language = "";
let work: Promise<void> = Promise.resolve();
let offline = false;
let shut = false;

let leaving = false;
let last: Cue | null = null;

/** Applies one change after another. */
function inTurn(act: () => Promise<void>) {
  work = work.then(act).catch((error) => {
    // The failed request no longer matters.
    if (!leaving && !offline && !shut) console.error(error);
  });
}

/** Prepares a new document of the course. */
async function attach(course: Window) {
  attached = course.document;
  page = null;
  pointing.attach(course);
  look.attach(course);
  turning.attach(course);
  setOffline(course);
  if (!(await editions.begin(course.document))) return reloadCourse();
  await restorePlace(course);
}

function setOffline(course: Window) {
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
  const { lang } = course.document.documentElement;
  editions.shows(lang);
  if (!article || (now === page && lang === language)) return;
  line.tell("at", { page: now, fresh: page === null, language: lang });
  language = lang;
  page = now;
  pointing.clear();
}

/** Applies changes of the author's files. Without a connection, none arrive. */
async function change() {
  const course = courseWindow();
  if (!course || course.document !== attached || !last || offline || shut) return;
  // While the language of an earlier visit loads, the language on view is not known yet.
  const opening = course.document.body.matches(".awaits");
  const found = await editions.next(async () => {
    const on = await turning.settled(course);
    // It may have been turned since the last look.
    editions.shows(on);
    return on;
  });
  if (!found) return;
  const { change, language: compared } = found;
  const began = performance.now();
  const at = keepPlace(course).page;
  const swapped = !change.structure && !opening && (await swap(course, change, last.search));
  const turned = turning.isLoading(course) || course.document.documentElement.lang !== compared;
  const whole = !swapped || turned;
  const pages = [...new Set(change.pages.map(({ id }) => id))];
  // Without a page, only languages have changed that are not on view.
  if (whole || pages.length || change.style !== null || change.sheet || change.logo)
    line.tell("changed", { pages, at, whole, ms: Math.round(performance.now() - began) });
  if (whole) await reloadCourse();
}

for (const name of ["hello", "view"] as const) {
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
line.on("offline", ({ on, shut: refused }: Offline) => {
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
setInterval(watch, WATCH_MS);

// An LMS in the browser: runs one profile round a course, keeps a log of every call, and shows what
// would be stored. Its address carries the visit as JSON in the fragment.

import { withFaults } from "./faults.js";
import { message, openCourse, openWindow, show } from "./frames.js";
import { heldNow, launch, readPrinted } from "./launch.js";
import { createLog } from "./log.js";
import { readManifest } from "./manifest.js";
import { showPanel } from "./panel.js";
import { loadProfile } from "./profiles.js";
import { createRuntime } from "./runtime.js";
import { createTransport } from "./transport.js";

/**
 * @import {Api, Means, Printed, Timer, Visit} from "./types"
 * @import {Opened} from "./launch"
 */

/**
 * What holds where the address does not say.
 *
 * @type {Visit}
 */
const VISIT = {
  profile: "strict",
  settings: {},
  mode: "normal",
  attempt: "",
  learner: { id: "learner-1", name: "Cohen, Dana" },
  given: {},
  window: "frame",
  levels: 0,
  foreign: "",
  api: 0,
  sandbox: null,
  href: "",
};

async function start() {
  /** @type {Visit} */
  const visit = { ...VISIT, ...JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}") };
  const { profile, settings } = await loadProfile(visit.profile, visit.settings);
  if (visit.window === "window" || (visit.window === "popup" && profile.popup === "page"))
    return openPageInWindow(visit);

  const course = await readManifest();
  const printed = readPrinted();
  const opened = await launch(visit, profile, settings, course, printed);
  const transport = createTransport({
    win: window,
    address: "data",
    wrap: dataOf(opened, printed),
  });
  const runtime = createRuntime({ profile, settings, page: opened.page, transport, timer });
  keepAlive(profile.alive(settings));
  addEventListener("beforeunload", () => profile.onLeave(runtime));

  const { initialise, refuse, throws } = printed.faults;
  const faults = { initialise, refuse, throws };
  const log = createLog({
    launch: opened.number,
    address: `calls?page=${printed.page}`,
    leaving: transport.leaving,
  });
  placeApi(log.watch(withFaults(runtime, faults)), profile.names, visit.api);
  // For whoever drives this page: switches of faults that act at once, and the log's arrival.
  Object.assign(window, { simulator: { faults, sent: log.sent } });

  document.title = course.title || document.title;
  const stored = () => heldNow(profile, settings);
  showPanel({ log, stored, name: profile.name, set: printed.faults });
  const href = new URL(`${printed.place}${visit.href || course.href}`, location.href).href;
  openCourse(visit, { loads: profile.loads(opened.record), href, popup: profile.popup });
}

/**
 * This page once more, in a window of its own.
 *
 * @param {Visit} visit
 */
function openPageInWindow(visit) {
  const inside = encodeURIComponent(JSON.stringify({ ...visit, window: "frame" }));
  const address = `${location.pathname}${location.search}#${inside}`;
  openWindow(address, "_blank", visit.window === "popup" ? "noopener" : "");
}

/**
 * The messages that carry what the run-time sends.
 *
 * @param {Opened} opened
 * @param {Printed} printed
 */
function dataOf({ number, record, mode, credit }, { page }) {
  let order = 0;
  return (/** @type {unknown} */ body, /** @type {Means} */ means) => {
    order += 1;
    const { attempt } = record;
    return { type: "data", launch: number, order, attempt, mode, credit, means, body, page };
  };
}

/** @type {Timer} */
function timer(call, ms) {
  const id = setTimeout(call, ms);
  return () => clearTimeout(id);
}

/**
 * Puts the API where a course looks for it, so many ms from now; never where that is negative.
 *
 * @param {{[name: string]: Api[string]}} api
 * @param {string[]} names
 * @param {number} ms
 */
function placeApi(api, names, ms) {
  const place = () => {
    for (const name of names) Reflect.set(window, name, api);
  };
  if (ms > 0) setTimeout(place, ms);
  else if (ms === 0) place();
}

/**
 * Asks the server every `ms` whether the trainee is still logged in, and goes to the login where
 * not; 0 for never.
 *
 * @param {number} ms
 */
function keepAlive(ms) {
  if (!ms) return;
  setInterval(async () => {
    const reply = await fetch("alive").catch(() => null);
    if (reply?.status === 401) location.href = `login.html#${encodeURIComponent(location.href)}`;
  }, ms);
}

start().catch((error) => {
  const why = document.createElement("p");
  why.setAttribute("role", "alert");
  why.textContent = error.message;
  show(message("This course cannot be opened", why));
  throw error;
});

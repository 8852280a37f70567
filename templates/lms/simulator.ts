// A simulated LMS: runs one profile around a course, logs every call and shows the stored data. The
// fragment of its address has the visit as JSON.

import { withFaults } from "./faults.ts";
import { message, openCourse, openWindow, show } from "./frames.ts";
import { heldNow, launch, readPrinted, type Opened, type Printed, type Visit } from "./launch.ts";
import { createLog } from "./log.ts";
import { readManifest } from "./manifest.ts";
import { showPanel } from "./panel.ts";
import { loadProfile } from "./profiles.ts";
import { createRuntime, type Api } from "./runtime.ts";
import { createTransport, type Means } from "./transport.ts";

/** Defaults for the visit. */
const VISIT: Visit = {
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
  const visit: Visit = {
    ...VISIT,
    ...JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}"),
  };
  const { profile, settings } = await loadProfile(visit.profile, visit.settings);
  if (visit.window === "window" || (visit.window === "popup" && profile.popup === "page"))
    return openPageInWindow(visit);

  const printed = readPrinted();
  const course = printed.course ?? (await readManifest());
  const opened = await launch(visit, profile, settings, course, printed);
  const transport = createTransport({
    win: window,
    address: "data",
    wrap: dataOf(opened, printed),
  });
  const runtime = createRuntime({ profile, settings, page: opened.page, transport, timer });
  keepAlive(profile.alive(settings));
  addEventListener("beforeunload", () => profile.onLeave(runtime));

  const { initialise, refuse, throws, state_limit } = printed.faults;
  const faults = { initialise, refuse, throws, state_limit };
  const log = createLog({
    launch: opened.number,
    address: `calls?page=${printed.page}`,
    leaving: transport.leaving,
  });
  placeApi(log.watch(withFaults(runtime, faults)), profile.names, visit.api);
  // For tests that drive this page: faults that act at once, and the arrival of the log.
  Object.assign(window, { simulator: { faults, sent: log.sent } });

  document.title = course.title || document.title;
  const stored = () => heldNow(profile, settings);
  showPanel({ log, stored, name: profile.name, set: printed.faults });
  const href = new URL(`${printed.place}${visit.href || course.href}`, location.href).href;
  openCourse(visit, { loads: profile.loads(opened.record), href, popup: profile.popup });
}

/** Opens this page in a window of its own. */
function openPageInWindow(visit: Visit) {
  const inside = encodeURIComponent(JSON.stringify({ ...visit, window: "frame" }));
  const address = `${location.pathname}${location.search}#${inside}`;
  openWindow(address, "_blank", visit.window === "popup" ? "noopener" : "");
}

/** Returns a function that wraps what the run-time sends in messages. */
function dataOf({ number, record, mode, credit }: Opened, { page }: Printed) {
  let order = 0;
  return (body: unknown, means: Means) => {
    order += 1;
    const { attempt } = record;
    return { type: "data", launch: number, order, attempt, mode, credit, means, body, page };
  };
}

function timer(call: () => void, ms: number) {
  const id = setTimeout(call, ms);
  return () => clearTimeout(id);
}

/** Puts the API where a course looks for it, after `ms`; never if that is negative. */
function placeApi(api: { [name: string]: Api[string] }, names: string[], ms: number) {
  const place = () => {
    for (const name of names) Reflect.set(window, name, api);
  };
  if (ms > 0) setTimeout(place, ms);
  else if (ms === 0) place();
}

/**
 * Checks every `ms` whether the trainee is still logged in, and goes to the login if not; 0 for
 * never.
 */
function keepAlive(ms: number) {
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

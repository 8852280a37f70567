// An LMS in the browser: runs one profile round a course, keeps a log of every call, and shows what
// would be stored. Its address carries the visit as JSON in the fragment (see VISIT).

import { withFaults } from "./faults.js";
import { message, openCourse, openWindow, show } from "./frames.js";
import { createLog } from "./log.js";
import { readManifest } from "./manifest.js";
import { showPanel } from "./panel.js";
import { loadProfile } from "./profiles.js";
import { fold, summary } from "./record.js";
import { createRuntime } from "./runtime.js";
import { createTransport } from "./transport.js";

/** A visit, and what holds where its address does not say. */
const VISIT = {
  profile: "strict",
  settings: {},
  /** What the learner asks for: "normal", "review" or "browse"; a profile decides what is given. */
  mode: "normal",
  /** "new" for a new attempt. */
  attempt: "",
  learner: { id: "learner-1", name: "Cohen, Dana" },
  /** Element → value, printed at launch over what the profile prints. */
  given: {},
  /** "frame", "popup" as the LMS has it, or "window": this page in a window of its own, with an opener. */
  window: "frame",
  /** Frames between this page and the course, 0 to 7; with `foreign` the outermost is of that origin. */
  levels: 0,
  foreign: "",
  /** Milliseconds until the API is there; negative: there is none. */
  api: 0,
  /** The frame's sandbox attribute, where it has one. */
  sandbox: null,
  /** The launch file and what follows it, where the manifest's is not wanted. */
  href: "",
};

async function start() {
  const visit = { ...VISIT, ...JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}") };
  const { profile, settings } = await loadProfile(visit.profile, visit.settings);
  if (visit.window === "window" || (visit.window === "popup" && profile.popup === "page")) {
    const inside = encodeURIComponent(JSON.stringify({ ...visit, window: "frame" }));
    return openWindow(`${location.pathname}${location.search}#${inside}`, "_blank", visit.window === "popup" ? "noopener" : "");
  }
  const course = await readManifest();
  // What the server printed into this page, which the browser may show again when a trainee goes back.
  const { page: printed, version, messages, faults: set, place: folder } =
    JSON.parse(document.getElementById("printed").textContent);
  const send = (message) => fetch("messages", { method: "POST", body: JSON.stringify(message) });

  const { item, mastery, launchData } = course;
  const uploaded = { type: "package", item, mastery, launchData, version };
  if (messages.findLast(({ type }) => type === "package")?.version !== version) {
    messages.push(uploaded);
    await send({ ...uploaded, page: printed });
  }
  const opened = { type: "launch", page: printed, mode: visit.mode, attempt: visit.attempt, learner: visit.learner };
  messages.push(opened);
  const record = fold(profile, settings, messages);
  const launch = profile.launch(record, visit, settings);
  const page = { ...launch.elements, ...visit.given };
  opened.mode = page["cmi.core.lesson_mode"] || launch.mode;
  opened.credit = page["cmi.core.credit"] ?? "";
  const { number } = await (await send(opened)).json();

  let order = 0;
  const transport = createTransport({
    win: window,
    address: "data",
    wrap: (body, means) => ({ type: "data", launch: number, order: (order += 1), attempt: record.attempt, mode: opened.mode, credit: opened.credit, means, body }),
  });
  const faults = { initialise: set.initialise, refuse: set.refuse, throws: set.throws };
  const runtime = createRuntime({
    profile, settings, page, transport,
    timer(call, ms) {
      const id = setTimeout(call, ms);
      return () => clearTimeout(id);
    },
  });
  keepAlive(profile.alive(settings));
  addEventListener("beforeunload", () => profile.onLeave(runtime));
  const log = createLog({ launch: number, address: "calls", leaving: transport.leaving });
  const api = log.watch(withFaults(runtime, faults));

  const place = () => (window.API = api);
  if (visit.api > 0) setTimeout(place, visit.api);
  else if (visit.api === 0) place();

  document.title = course.title || document.title;
  const stored = async () => summary(profile, fold(profile, settings, (await (await fetch("state")).json()).messages), settings);
  /** For whoever drives this page: switches of faults that act at once. */
  window.simulator = { faults };
  showPanel({ log, stored, name: profile.name, set });
  openCourse(visit, profile.loads(record), new URL(`${folder}${visit.href || course.href}`, location.href).href);
}

/** Ask the server every `ms` whether the trainee is still logged in, and go to the login where not; 0 for never. */
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

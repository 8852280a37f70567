// The author's window: the course in a learning system, and tabs with what the author wants to
// know.

import { createApprovals } from "./approvals.ts";
import { createCalls } from "./calls.ts";
import { byId, button, el, select } from "./element.ts";
import { createFaults } from "./faults.ts";
import { createKeptTrainee } from "./kept-trainee.ts";
import { createLaunch } from "./launch.ts";
import { createLook } from "./look.ts";
import { createNumbers } from "./numbers.ts";
import { opener, type Place } from "./places.ts";
import { createProblems } from "./problems.ts";
import { createLmsTab } from "./lms-tab.ts";
import { createRemarks } from "./remarks.ts";
import { createResults } from "./results.ts";
import { createMap } from "./scenario-map.ts";
import { createServer, type Printed } from "./server.ts";
import { createStrip } from "./strip.ts";
import { createTabs } from "./tabs.ts";
import { isNewest, updateRecord } from "./record.ts";
import type { Desk, View } from "./desk.ts";

/** In ms; messages to the LMS come in bursts, which are shown once. */
const RECORD_DELAY_MS = 150;
const WINDOW = "scorm-builder-preview-window";

const printed: Printed = JSON.parse(byId("printed").textContent ?? "{}");
const name = sessionStorage.getItem(WINDOW) ?? crypto.randomUUID();
sessionStorage.setItem(WINDOW, name);

const desk: Desk = {
  printed,
  name,
  server: createServer(printed, name),
  view: null,
  record: { messages: [], faults: {}, calls: [], count: 0 },
  learning: null,
  page: "",
  touched: 0,
  unheard: 0,
};
const { server } = desk;
const trainee = createKeptTrainee(printed);
const open = opener(desk);
const strip = createStrip();
const launch = createLaunch(desk, strip);
const look = createLook(desk, () => launch.open());
const problems = createProblems(desk, open);
const record = createLmsTab(desk);
const faults = createFaults(desk, launch, strip);
const calls = createCalls(desk);
const numbers = createNumbers(desk, open);
const remarks = createRemarks(desk, open);
const approvals = createApprovals(desk);
const results = createResults(desk, open);
const map = createMap(desk, open);
const tabs = createTabs(byId("panel"), [
  ["LMS", record.panel, record.show],
  ["Try", faults.panel, faults.show],
  ["Problems", problems.panel, problems.show],
  ["Remarks", remarks.panel, remarks.show],
  ["Approvals", approvals.panel, approvals.show],
  ["Results", results.panel, results.show],
  ["Numbers", numbers.panel, numbers.show],
  ["Map", map.panel, map.show],
  ["Calls", calls.panel, calls.show],
]);

function showHeader({ title, version, draft, held, behind }: View) {
  byId("title").textContent = title || "Preview";
  document.title = title ? `${title} – preview` : "Preview";
  const words = [version && `Version ${version}`, draft && "draft"].filter(Boolean).join(", ");
  const still = held ? `${words}: held${behind ? ", there are newer files" : ""}` : words;
  byId("edition").textContent = title ? still : printed.folder;
}

/** The view that was requested last. */
let newest: Promise<void> = Promise.resolve();

async function showView() {
  const { touched } = desk;
  const view: View = await server.get("view");
  if (desk.view && !isNewest(desk, touched)) view.held = desk.view.held;
  desk.view = view;
  showHeader(view);
  problems.update();
  tabs.offer("Map", view.scenarios);
  tabs.refresh();
  if (desk.view?.title && !launch.begun) await launch.begin();
}

let due = 0;
function showRecordSoon() {
  clearTimeout(due);
  due = setTimeout(showRecord, RECORD_DELAY_MS);
}

async function showRecord() {
  await updateRecord(desk);
  trainee.keep(desk.record.messages);
  tabs.refresh();
}

/** The server has been restarted, so this page is outdated. */
async function connected({ run }: { run: string }) {
  if (run !== printed.run) {
    strip.say("The preview was started again. Connecting …");
    location.reload();
    return;
  }
  strip.clear("lost");
  await Promise.all([showView(), showRecord()]);
}

/** Continues with the trainee of the earlier run, if this run shows the same course. */
async function restoreTrainee() {
  const kept = trainee.earlier();
  if (kept?.another) return strip.say("The preview shows another course now.");
  if (!kept?.messages.length) return;
  await server.post("begin", { messages: kept.messages });
  strip.say("The preview was started again. The trainee goes on where they were.");
}

/** The event may arrive before the view with the titles. */
async function changed({ pages, at, whole }: { pages: string[]; at: string; whole: boolean }) {
  await newest;
  const shown = (desk.view?.pages ?? []).filter(({ id }) => id !== at);
  const others = pages.flatMap((changed) => shown.filter(({ id }) => id === changed));
  const [first] = others;
  if (!first && whole) {
    return strip.say(
      "The course was opened again, at the same place: more than a page changed.",
      "changed",
    );
  }
  if (!first) return strip.clear("changed");
  const more = others.length > 1 ? ` and ${others.length - 1} more` : "";
  const go = button("Go there", () => {
    server.cue("go", { page: first.id });
    strip.clear("changed");
    byId("frame").focus();
  });
  const words = whole ? "The course was opened again: " : "";
  strip.say(
    [el("p", {}, `${words}“${first.title}”${more} changed, on another page than this one.`), go],
    "changed",
  );
}

server.on("hello", connected);
server.on("view", () => {
  newest = showView();
});
server.on("record", showRecordSoon);
server.on("changed", changed);
server.on("at", ({ page, fresh }) => {
  desk.page = page;
  approvals.moved();
  launch.opened();
  if (fresh) {
    look.tell();
    faults.tell();
    cuePointing();
  }
  tabs.refresh();
});
server.on("pointed", async ({ page, question, block }) => {
  const query = new URLSearchParams({ page, question, block });
  const place = await server.get<Place | null>(`place?${query}`);
  if (place)
    strip.say([el("p", {}, "This comes from ", el("code", {}, place.text)), open(place)], "place");
});
server.lost(() =>
  strip.say("The preview has ended, or cannot be reached. It connects again by itself.", "lost"),
);

/** Tells the course whether to show where its parts come from. */
const cuePointing = () =>
  server.cue("point", { on: byId("sources").getAttribute("aria-pressed") === "true" });

const panelButton = byId("panel-button");
function showPanel(shown: boolean) {
  byId("panel").hidden = !shown;
  panelButton.setAttribute("aria-expanded", String(shown));
  tabs.refresh();
}
panelButton.addEventListener("click", () => showPanel(Boolean(byId("panel").hidden)));
byId("tools-button").addEventListener("click", () => {
  const shown = document.querySelector("header")?.toggleAttribute("data-tools");
  byId("tools-button").setAttribute("aria-expanded", String(shown));
});
byId("problems-button").addEventListener("click", () => {
  showPanel(true);
  tabs.open("Problems", true);
});
byId("sources").addEventListener("click", ({ currentTarget }) => {
  const it = currentTarget as HTMLElement;
  it.setAttribute("aria-pressed", String(it.getAttribute("aria-pressed") !== "true"));
  cuePointing();
});
byId("again").addEventListener("click", () => launch.restart());
for (const id of ["lms", "trainee"]) select(id).addEventListener("change", () => launch.restart());
// On a phone, only the course is shown at first.
showPanel(!matchMedia("(max-width: 900px), (max-height: 480px)").matches);

await launch.offer();
await restoreTrainee();
server.listen();

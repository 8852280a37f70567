// The window of a package of any tool: the package in a learning system, and what that holds.

import { createCalls } from "../calls.ts";
import { byId, el, select } from "../element.ts";
import { createFaults } from "../faults.ts";
import { offerWidths, WINDOWS } from "../look.ts";
import { updateRecord } from "../record.ts";
import { createServer } from "../server.ts";
import { createStrip } from "../strip.ts";
import { chosenSystem, offerSystems } from "../systems.ts";
import { createTabs } from "../tabs.ts";
import { createPackageLaunch } from "./launch.ts";
import { createPackageLmsTab } from "./lms-tab.ts";
import { chooseTrainee, chosenTrainee, offerTrainees } from "./trainee.ts";
import type { Stored } from "../../lms/stored.ts";
import type { Desk } from "../desk.ts";
import type { PrintedPackage } from "./printed.ts";

/** In ms; messages to the LMS come in bursts, which are shown once. */
const RECORD_DELAY_MS = 150;

const printed: PrintedPackage = JSON.parse(byId("printed").textContent ?? "{}");
const desk: Desk & { printed: PrintedPackage } = {
  printed,
  name: crypto.randomUUID(),
  server: createServer(printed, ""),
  view: null,
  record: { messages: [], faults: {}, calls: [], count: 0 },
  learning: null,
  page: "",
  touched: 0,
  unheard: 0,
};
const { server } = desk;
const strip = createStrip();
const examples: Record<string, { values: Stored } | null> = await server.get("trainees");
const launch = createPackageLaunch(desk, strip, await findOrigin(), examples);
const record = createPackageLmsTab(desk);
const faults = createFaults(desk, launch, strip, false);
const calls = createCalls(desk, !printed.own);
const tabs = createTabs(byId("panel"), [
  ["LMS", record.panel, record.show],
  ["Try", faults.panel, faults.show],
  ["Calls", calls.panel, calls.show],
]);

/** The origin of the package; some browsers know only the name “localhost” itself. */
async function findOrigin() {
  const known = await fetch(`${printed.course}/favicon.ico`, { mode: "no-cors" }).then(
    () => true,
    () => false,
  );
  return known ? printed.course : printed.otherwise;
}

let due = 0;
function showRecordSoon() {
  clearTimeout(due);
  due = setTimeout(showRecord, RECORD_DELAY_MS);
}

async function showRecord() {
  await updateRecord(desk, () => `item=${launch.item}&`);
  tabs.refresh();
}

function showPanel(shown: boolean) {
  byId("panel").hidden = !shown;
  byId("panel-button").setAttribute("aria-expanded", String(shown));
  tabs.refresh();
}

byId("title").textContent = printed.title;
document.title = `${printed.title} – preview`;
byId("edition").textContent = printed.about;
byId("notice").textContent = printed.notice;
byId("notice").hidden = !printed.notice;
byId("item-choice").hidden = printed.items.length === 1;
for (const [value, { title, item }] of printed.items.entries())
  select("item").append(el("option", { value }, title || item));
for (const [value, words] of Object.entries(WINDOWS))
  select("opened").append(el("option", { value }, words));
offerTrainees(examples);
offerWidths();
await offerSystems(desk);

byId("panel-button").addEventListener("click", () => showPanel(byId("panel").hidden === true));
byId("tools-button").addEventListener("click", () => {
  const shown = document.querySelector("header")?.toggleAttribute("data-tools");
  byId("tools-button").setAttribute("aria-expanded", String(shown));
});
select("item").addEventListener("change", async () => {
  await launch.change(Number(select("item").value));
  await showRecord();
});
select("opened").addEventListener("change", () => launch.open());
select("trainee").addEventListener("change", () => {
  const typed = chosenTrainee() === "typed";
  byId("typed").hidden = !typed;
  if (typed) byId("typed-status").focus();
  else start();
});
for (const [id, kind] of [
  ["lms", "change"],
  ["again", "click"],
  ["typed", "submit"],
]) {
  byId(id).addEventListener(kind, (event) => {
    event.preventDefault();
    start();
  });
}

async function start() {
  await launch.start();
  await showRecord();
}

server.on("hello", ({ run }) => {
  if (run !== printed.run) location.reload();
  else strip.clear("lost");
});
server.on("record", showRecordSoon);
server.lost(() => strip.say("The preview has ended, or cannot be reached.", "lost"));
// On a phone, only the course is shown at first.
showPanel(!matchMedia("(max-width: 900px), (max-height: 480px)").matches);
server.listen();
desk.learning = await chosenSystem();
await showRecord();
// Another window has left a trainee.
if (desk.record.messages.length) {
  chooseTrainee("last");
  launch.open();
} else await start();

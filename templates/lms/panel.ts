// The panel below the course: stored data, switches for faults, and every call.

import { ERRORS } from "./model.ts";
import type { Faults } from "./faults.ts";
import type { Call, Log } from "./log.ts";
import type { Summary } from "./record.ts";

const MOST_ROWS = 500;
const MAX_LENGTH = 300;
// In ms; a burst of calls is shown once.
const DELAY_MS = 200;

const HELD: [field: keyof Summary, words: string][] = [
  ["status", "Status"],
  ["score", "Score"],
  ["grade", "Grade"],
  ["seconds", "Time in seconds"],
  ["location", "Location"],
  ["interactions", "Interactions"],
  ["state", "State"],
];

type FaultName = "status" | "drop" | "cut" | "expired" | "delay";

/** Switches for faults of the server (builder/preview/lms/server.py). */
const FAULTS: [name: FaultName, words: string, on: number | boolean, off: number | boolean][] = [
  ["status", "Saving fails", 503, 0],
  ["drop", "Saving is confirmed, but nothing is kept", true, false],
  ["cut", "What the LMS sends gets no answer", true, false],
  ["expired", "The session has expired", true, false],
  ["delay", "Every answer takes five seconds", 5, 0],
];

/**
 * Shows the log, and the data that `stored()` resolves to, while the panel is open. `set` are the
 * current faults.
 */
export function showPanel({
  log,
  stored,
  name,
  set,
}: {
  log: Log;
  stored: () => Promise<Summary>;
  name: string;
  set: Faults;
}) {
  const panel = byId("panel") as HTMLDetailsElement;
  const waiting: Call[] = [];
  let due = 0;

  async function show() {
    showCalls(waiting.splice(0));
    byId("held").replaceChildren(...heldRows(await stored()));
  }

  function soon() {
    clearTimeout(due);
    if (panel.open) due = setTimeout(() => show().catch(() => {}), DELAY_MS);
  }

  panel.querySelector("summary")?.append(`${name} (simulated)`);
  byId("faults").append(...FAULTS.map((fault) => faultSwitch(fault, Boolean(set[fault[0]]))));
  log.listen((call) => {
    waiting.push(call);
    if (waiting.length > MOST_ROWS) waiting.shift();
    soon();
  });
  panel.addEventListener("toggle", soon);
  byId("lms").hidden = false;
}

function showCalls(calls: Call[]) {
  const table = byId("calls") as HTMLTableSectionElement;
  table.prepend(...calls.map(callRow).reverse());
  while (table.rows.length > MOST_ROWS) table.lastElementChild?.remove();
}

function callRow({ at, name, args, value, error, threw }: Call) {
  const row = el("tr");
  const call = el("td");
  call.append(el("code", `${name}(${args.map((arg) => JSON.stringify(short(arg))).join(", ")})`));
  const errorText = error === "0" ? "" : `${error} ${ERRORS[error] ?? ""}`;
  row.append(
    el("td", new Date(at).toTimeString().slice(0, 8)),
    call,
    el("td", short(threw || value)),
    el("td", errorText),
  );
  return row;
}

function heldRows(held: Summary) {
  return HELD.flatMap(([field, words]) => {
    const value = field === "interactions" ? held.interactions?.length : held[field];
    return [el("dt", words), el("dd", short(String(value ?? "")) || "–")];
  });
}

function faultSwitch([name, words, on, off]: (typeof FAULTS)[number], checked: boolean) {
  const label = el("label");
  const box = el("input");
  box.type = "checkbox";
  box.checked = checked;
  box.addEventListener("change", async () => {
    const body = JSON.stringify({ [name]: box.checked ? on : off });
    const reply = await fetch("faults", { method: "POST", body }).catch(() => null);
    if (!reply?.ok) box.checked = !box.checked;
  });
  label.append(box, words);
  return label;
}

function el<Name extends keyof HTMLElementTagNameMap>(name: Name, words = "") {
  const element = document.createElement(name);
  element.textContent = words;
  return element;
}

const byId = (id: string) => document.getElementById(id) as HTMLElement;

const short = (value: string) =>
  value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}… (${value.length} characters)` : value;

// The panel below the course: what would be stored, what is to go wrong, and every call.

import { ERRORS } from "./model.js";

const byId = (id) => document.getElementById(id);
const MOST_ROWS = 500;
const LONG = 300;
// A burst of calls is shown once.
const SOON = 200;

const HELD = {
  status: "Status", score: "Score", grade: "Grade", seconds: "Time in seconds", location: "Location",
  interactions: "Interactions", state: "State",
};
// Switches of the server's faults (builder/lms/server.py).
const FAULTS = {
  status: ["Saving fails", 503, 0],
  drop: ["Saving is confirmed, but nothing is kept", true, false],
  expired: ["The session has expired", true, false],
  delay: ["Every answer takes five seconds", 5, 0],
};

function el(name, words = "", attributes = {}) {
  const element = Object.assign(document.createElement(name), attributes);
  if (words !== "") element.textContent = words;
  return element;
}

const short = (value) => (value.length > LONG ? `${value.slice(0, LONG)}… (${value.length} characters)` : value);

function callRow({ at, name, args, value, error, threw }) {
  const row = el("tr");
  const call = el("td");
  call.append(el("code", `${name}(${args.map((arg) => JSON.stringify(short(arg))).join(", ")})`));
  const told = error === "0" ? "" : `${error} ${ERRORS[error] ?? ""}`;
  row.append(el("td", new Date(at).toTimeString().slice(0, 8)), call, el("td", short(threw || value)), el("td", told));
  return row;
}

function faultSwitch([name, [words, on, off]]) {
  const label = el("label");
  const box = el("input", "", { type: "checkbox" });
  box.addEventListener("change", () =>
    fetch("faults", { method: "POST", body: JSON.stringify({ [name]: box.checked ? on : off }) })
      .then((reply) => reply.ok, () => false)
      .then((ok) => {
        if (!ok) box.checked = !box.checked;
      }));
  label.append(box, words);
  return [name, box, label];
}

/** Show the log and what `stored()` promises while the panel is open; `set` are the faults now. */
export function showPanel({ log, stored, name, set }) {
  const panel = byId("panel");
  const waiting = [];
  let due = 0;

  async function show() {
    byId("calls").prepend(...waiting.splice(0).map(callRow).reverse());
    while (byId("calls").rows.length > MOST_ROWS) byId("calls").lastElementChild.remove();
    const held = await stored();
    byId("held").replaceChildren(...Object.entries(HELD).flatMap(([key, words]) => {
      const value = key === "interactions" ? held[key]?.length : held[key];
      return [el("dt", words), el("dd", short(String(value ?? "")) || "–")];
    }));
  }

  function soon() {
    clearTimeout(due);
    if (panel.open) due = setTimeout(() => show().catch(() => {}), SOON);
  }

  panel.firstElementChild.textContent = `${name} (simulated)`;
  for (const [key, box, label] of Object.entries(FAULTS).map(faultSwitch)) {
    box.checked = Boolean(set[key]);
    byId("faults").append(label);
  }
  log.listen((entry) => {
    waiting.push(entry);
    if (waiting.length > MOST_ROWS) waiting.shift();
    soon();
  });
  panel.addEventListener("toggle", soon);
  byId("lms").hidden = false;
}

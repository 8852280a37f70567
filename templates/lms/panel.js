// The panel below the course: what would be stored, and every call.

const byId = (id) => document.getElementById(id);
const MOST_ROWS = 500;

const HELD = {
  status: "Status", score: "Score", grade: "Grade", seconds: "Time in seconds", location: "Location",
  interactions: "Interactions", state: "State",
};

function el(name, words) {
  const element = document.createElement(name);
  element.textContent = words;
  return element;
}

/** Show the log and what `stored()` promises, while the panel is open. */
export function showPanel({ log, stored, profile }) {
  const panel = byId("panel");
  panel.firstElementChild.textContent = profile.name;
  const waiting = [];

  function row({ at, name, args, value, error, threw }) {
    const cells = document.createElement("tr");
    const call = document.createElement("td");
    call.append(el("code", `${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`));
    cells.append(el("td", new Date(at).toTimeString().slice(0, 8)), call, el("td", threw || value), el("td", error === "0" ? "" : error));
    return cells;
  }

  async function show() {
    byId("calls").prepend(...waiting.splice(0).map(row).reverse());
    while (byId("calls").rows.length > MOST_ROWS) byId("calls").lastElementChild.remove();
    const held = await stored();
    byId("held").replaceChildren(...Object.entries(HELD).flatMap(([name, words]) => {
      const value = name === "interactions" ? held[name]?.length : held[name];
      return [el("dt", words), el("dd", value ?? "not kept")];
    }));
  }

  let due = 0;
  function soon() {
    clearTimeout(due);
    if (panel.open) due = setTimeout(() => show().catch(() => {}), 200);
  }
  log.listen((entry) => {
    waiting.push(entry);
    if (waiting.length > MOST_ROWS) waiting.shift();
    soon();
  });
  panel.addEventListener("toggle", soon);
}

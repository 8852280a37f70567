// Every call of the course, and what is wrong with them.

import { judge } from "../lms/findings.ts";
import { ERRORS } from "../lms/model.ts";
import { el, part } from "./element.ts";
import type { Call } from "../lms/log.ts";
import type { Desk } from "./desk.ts";

const MOST = 300;
const LONG = 200;

export function createCalls(desk: Desk) {
  const filter = el("input", { type: "search", id: "calls-filter" }) as HTMLInputElement;
  const list = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Calls" });
  const verdict = el("div");
  const panel = el(
    "div",
    {},
    part("Is anything wrong?", verdict),
    part(
      "Calls, the last one first",
      el("label", { for: "calls-filter" }, "Show those with"),
      filter,
      list,
    ),
  );
  filter.addEventListener("input", show);

  function show() {
    const wanted = filter.value.trim().toLowerCase();
    const shown = desk.record.calls.filter((call) => words(call).toLowerCase().includes(wanted));
    list.replaceChildren(drawCalls(shown.slice(-MOST).reverse()));
    verdict.replaceChildren(drawVerdict(desk));
  }
  return { panel, show };
}

function drawCalls(calls: Call[]) {
  const titles = ["Call", "Returned"].map((title) => el("th", { scope: "col" }, title));
  const head = el("thead", {}, el("tr", {}, titles));
  return el("table", { class: "calls" }, head, el("tbody", {}, calls.map(row)));
}

function drawVerdict(desk: Desk) {
  const { calls } = desk.record;
  const paced = Boolean(desk.learning?.profile.paced);
  const found = judge(calls, { paced, trouble: inTrouble(desk) });
  if (!calls.length) return el("p", {}, "Nothing was called yet.");
  if (!found.length) {
    const all = calls.length === 1 ? "1 call, as" : `${calls.length} calls, all as`;
    return el("p", {}, `No: ${all} the standard has ${calls.length === 1 ? "it" : "them"}.`);
  }
  const lines = found.map((one) => `${one.words} (${one.call || `visit ${one.launch}`})`);
  return el(
    "ul",
    {},
    lines.map((line) => el("li", { class: "no" }, line)),
  );
}

const inTrouble = ({ record }: Desk) =>
  Object.values(record.faults).some((fault) => (Array.isArray(fault) ? fault.length : fault));

const short = (value: string) =>
  value.length > LONG ? `${value.slice(0, LONG)}… (${value.length} characters)` : value;

const words = ({ name, args }: Call) =>
  `${name}(${args.map((arg) => JSON.stringify(short(arg))).join(", ")})`;

function row(call: Call) {
  const { value, error, threw } = call;
  const wrong =
    error && error !== "0"
      ? ` ${error} ${ERRORS[(Number(error) as keyof typeof ERRORS)] ?? ""}`
      : "";
  return el(
    "tr",
    {},
    el("td", {}, el("code", {}, words(call))),
    el("td", {}, `${short(threw || value)}${wrong}`),
  );
}

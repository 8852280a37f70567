// The Calls tab: every call of the course, and the rules that the calls break.

import { judge } from "../lms/findings.ts";
import { ERRORS } from "../lms/model.ts";
import { el, part } from "./element.ts";
import type { Call } from "../lms/log.ts";
import type { Desk } from "./desk.ts";

const MAX_CALLS = 300;
const MAX_LENGTH = 200;

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
    const shown = desk.record.calls.filter((call) => callText(call).toLowerCase().includes(wanted));
    list.replaceChildren(drawCalls(shown.slice(-MAX_CALLS).reverse()));
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
  const found = judge(calls, { paced, trouble: hasFaults(desk) });
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

const hasFaults = ({ record }: Desk) =>
  Object.values(record.faults).some((fault) => (Array.isArray(fault) ? fault.length : fault));

const short = (value: string) =>
  value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}… (${value.length} characters)` : value;

const callText = ({ name, args }: Call) =>
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
    el("td", {}, el("code", {}, callText(call))),
    el("td", {}, `${short(threw || value)}${wrong}`),
  );
}

// The Calls tab: every call of the course, and the rules that the calls break.

import { judge, type Finding } from "../lms/findings.ts";
import { ERRORS } from "../lms/model.ts";
import { el, part } from "./element.ts";
import type { Call } from "../lms/log.ts";
import type { Desk } from "./desk.ts";

const MAX_CALLS = 300;
const MAX_LENGTH = 200;

/** @param foreign Whether the course is of any tool, so that our own rules for calls are advice. */
export function createCalls(desk: Desk, foreign = false) {
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
    verdict.replaceChildren(...drawVerdict(desk, foreign));
  }
  return { panel, show };
}

function drawCalls(calls: Call[]) {
  const titles = ["Call", "Returned"].map((title) => el("th", { scope: "col" }, title));
  const head = el("thead", {}, el("tr", {}, titles));
  return el("table", { class: "calls" }, head, el("tbody", {}, calls.map(row)));
}

function drawVerdict(desk: Desk, foreign: boolean) {
  const { calls } = desk.record;
  const paced = Boolean(desk.learning?.profile.paced);
  const found = judge(calls, { paced, trouble: hasFaults(desk) });
  if (!calls.length) return [el("p", {}, "Nothing was called yet.")];
  const ofStandard = foreign ? found.filter(({ kind }) => kind === "specification") : found;
  const advice = foreign ? found.filter(({ kind }) => kind === "policy") : [];
  return [
    ofStandard.length ? drawFindings(ofStandard) : el("p", {}, asStandard(calls.length)),
    ...(advice.length
      ? [el("p", {}, "The standard allows this, but some learning systems lose data by it:")]
      : []),
    ...(advice.length ? [drawFindings(advice)] : []),
  ];
}

const asStandard = (count: number) =>
  count === 1
    ? "No: 1 call, as the standard has it."
    : `No: ${count} calls, all as the standard has them.`;

/** A list of findings; each of several equal ones is counted. */
function drawFindings(found: Finding[]) {
  const lines = new Map<string, number>();
  for (const one of found) {
    const line = `${one.words} (${shortCall(one.call) || `visit ${one.launch}`})`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return el(
    "ul",
    {},
    [...lines].map(([line, times]) =>
      el("li", { class: "no" }, times > 1 ? `${line}, ${times} times` : line),
    ),
  );
}

const shortCall = (call: string) =>
  call.length > MAX_LENGTH ? `${call.slice(0, MAX_LENGTH)}…` : call;

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

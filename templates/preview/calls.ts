// Every call of the course, and what is wrong with them.

import { judge } from "../lms/findings.js";
import { ERRORS } from "../lms/model.js";
import { el, part } from "./element.js";

/** @import {Call, Desk} from "./types" */

const MOST = 300;
const LONG = 200;

/** @param {Desk} desk */
export function createCalls(desk) {
  const filter = /** @type {HTMLInputElement} */ (
    el("input", { type: "search", id: "calls-filter" })
  );
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

/** @param {Call[]} calls */
function drawCalls(calls) {
  const titles = ["Call", "Returned"].map((title) => el("th", { scope: "col" }, title));
  const head = el("thead", {}, el("tr", {}, titles));
  return el("table", { class: "calls" }, head, el("tbody", {}, calls.map(row)));
}

/** @param {Desk} desk */
function drawVerdict(desk) {
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

/** @param {Desk} desk */
const inTrouble = ({ record }) =>
  Object.values(record.faults).some((fault) => (Array.isArray(fault) ? fault.length : fault));

/** @param {string} value */
const short = (value) =>
  value.length > LONG ? `${value.slice(0, LONG)}… (${value.length} characters)` : value;

/** @param {Call} call */
const words = ({ name, args }) =>
  `${name}(${args.map((arg) => JSON.stringify(short(arg))).join(", ")})`;

/** @param {Call} call */
function row(call) {
  const { value, error, threw } = call;
  const wrong =
    error && error !== "0"
      ? ` ${error} ${ERRORS[/** @type {keyof typeof ERRORS} */ (Number(error))] ?? ""}`
      : "";
  return el(
    "tr",
    {},
    el("td", {}, el("code", {}, words(call))),
    el("td", {}, `${short(threw || value)}${wrong}`),
  );
}

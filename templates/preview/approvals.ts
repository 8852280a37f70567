// The Approvals tab: who has approved the page on view and its questions, and what has changed.

import { choices, count, el, part, updateElement } from "./element.ts";
import type { Desk, View } from "./desk.ts";

interface Change {
  before: string;
  struck: string;
  new: string;
  after: string;
}

/** A part of the course that people approve. */
interface Approvable {
  /** Its id, such as `question/first-thing`. */
  part: string;
  title: string;
  words: string;
  code: string;
  state:
    | "approved"
    | "stale"
    | "damaged"
    | "open"
    | "unset"
    | "unsure"
    | "unwritten"
    | "untranslated";
  by: string;
  on: string;
  /** Why it cannot be approved yet. */
  doubt: string;
  changes: Change[];
  /** Whether the page shows all of its words at some time. */
  seen: boolean;
}

const KINDS: Record<string, string> = {
  course: "Cover and settings",
  look: "Look",
  interface: "Texts of the interface",
  page: "Page",
  scenario: "Scenario",
  record: "Record",
  quiz: "Rules of the quiz",
  question: "Question",
};
const READ_FIRST =
  "Approve only what the person has read as it is now: what the page shows, and what it shows " +
  "only after an answer. “Words” has all of it.";

export function createApprovals(desk: Desk) {
  const panel = el("div");
  const list = el("div");
  const said = el("p", { role: "status" });
  const name = el("input", { id: "approved-by", autocomplete: "name", maxlength: 200 });
  const form = el(
    "form",
    { class: "part approve", on: { submit: approve } },
    el("label", { for: "approved-by" }, "Name of the person who approves what is ticked"),
    name,
    el("button", { type: "submit" }, "Approve"),
    said,
  );
  let shown: Approvable[] = [];
  let drawn: [View | null, string] = [null, ""];

  async function show() {
    if (drawn[0] === desk.view && drawn[1] === desk.page) return;
    drawn = [desk.view, desk.page];
    const found = await desk.server.get<Approvable[] | null>(
      `approvals?${new URLSearchParams({ page: desk.page })}`,
    );
    const before = JSON.stringify(shown);
    shown = found ?? [];
    form.hidden = !shown.some(isOpen);
    if (before !== JSON.stringify(shown) || !list.firstChild) draw(found);
  }

  function draw(found: Approvable[] | null) {
    const rows = shown.map(drawRow);
    const fresh = drawList(found, rows);
    if (list.firstChild) updateElement(list.firstChild, fresh);
    else list.append(fresh);
    // Attributes say what is ticked at first, properties what is ticked now.
    for (const [at, box] of boxes().entries()) box.checked = isTicked(shown.filter(isOpen)[at]);
    if (!panel.firstChild) panel.append(list, form);
  }

  const boxes = () => [...list.querySelectorAll<HTMLInputElement>("input")];

  async function approve(event: Event) {
    event.preventDefault();
    const ticked = boxes().flatMap((box) => (box.checked ? [box.value] : []));
    const codes = shown.flatMap(({ part, code }) => (ticked.includes(part) ? [[part, code]] : []));
    const given = { by: (name as HTMLInputElement).value, codes: Object.fromEntries(codes) };
    const { refused } = await desk.server.post<{ refused?: string }>("approve", given);
    said.textContent = refused ?? `Recorded: ${count(codes.length, "part")}.`;
  }

  /** The course shows another page, or the page in another language. */
  function moved() {
    drawn = [null, ""];
    said.textContent = "";
  }

  return { panel, show, moved };
}

const NOTHING = "This page has nothing that people approve.";
const ERRORS = "The course has errors: mend them first.";

function drawList(found: Approvable[] | null, rows: Element[]) {
  if (!found?.length) return part("On this page", el("p", {}, found ? NOTHING : ERRORS));
  return choices("On this page", el("p", { class: "soft" }, READ_FIRST), rows);
}

const isOpen = ({ state, doubt, words }: Approvable) =>
  state !== "approved" && !doubt && words !== "";

const isTicked = (one: Approvable | undefined) => Boolean(one?.seen);

function drawRow(one: Approvable) {
  const title = [
    el("span", { class: "kind" }, KINDS[one.part.split(/[/@]/, 1)[0] as string]),
    " ",
    one.title,
  ];
  const box = el("input", { type: "checkbox", value: one.part, checked: isTicked(one) });
  return el(
    "div",
    { class: "problem", "data-state": one.state },
    isOpen(one) ? el("label", { dir: "auto" }, box, " ", title) : el("p", { dir: "auto" }, title),
    el("p", {}, stateOf(one)),
    one.changes.map((change) =>
      el(
        "blockquote",
        { dir: "auto" },
        `${change.before} `,
        change.struck && el("del", {}, change.struck),
        " ",
        change.new && el("ins", {}, change.new),
        ` ${change.after}`,
      ),
    ),
    one.words &&
      el("details", {}, el("summary", {}, "Words"), el("pre", { dir: "auto" }, one.words)),
  );
}

function stateOf({ state, by, on, doubt }: Approvable) {
  if (doubt) return doubt;
  if (state === "approved") return [`Approved by `, el("bdi", {}, by), ` on ${on}.`];
  if (state === "stale") return ["Changed since ", el("bdi", {}, by), ` approved it on ${on}:`];
  if (state === "damaged") return "Its approval in approvals.yaml does not fit its words.";
  return state === "unset" ? "It has no words yet." : "Nobody has approved it yet.";
}

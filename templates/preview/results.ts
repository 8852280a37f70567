// The Results tab: what trainees' answers say about questions, those on the current page first. The
// figures are those of results.json in the course folder.

import { count, el, part, rows } from "./element.ts";
import type { Desk } from "./desk.ts";
import type { OpenPlace, Place } from "./places.ts";

/** The figures of a question; facility and discrimination are in percent. */
interface QuestionResult {
  question: string;
  page: string;
  use: "quiz" | "practice" | "scenario" | "test-out";
  prompt: string;
  people: number;
  facility: number | null;
  discrimination: number | null;
  statements: { finding: string; advice: string }[];
  /** Null if this version of the course does not have the question. */
  place: Place | null;
}

export interface Results {
  /** Why there are no figures; empty if there is nothing to say. */
  problem: string;
  questions: QuestionResult[];
}

const MAX_QUESTIONS = 200;
const COMMAND = "scorm-builder results REPORT --package FILE.zip -o results.json";

export function createResults(desk: Desk, open: OpenPlace) {
  const panel = el("div");

  function show() {
    const { problem, questions } = desk.view?.results ?? { problem: "", questions: [] };
    const here = questions.filter(({ page }) => page === desk.page);
    const said = questions.filter((one) => !here.includes(one) && one.statements.length > 0);
    panel.replaceChildren(
      problem ? el("p", { role: "status" }, problem) : "",
      part("On this page", list(here, open)),
      part("To look at elsewhere", list(said, open)),
      el(
        "p",
        { class: "soft" },
        "From the reports of an LMS: in the course folder, run ",
        el("code", {}, COMMAND),
      ),
    );
  }
  return { panel, show };
}

function list(some: QuestionResult[], open: OpenPlace) {
  if (!some.length) return el("p", {}, "There are no figures.");
  const more = some.length - MAX_QUESTIONS;
  return el(
    "ul",
    {},
    some.slice(0, MAX_QUESTIONS).map((one) => el("li", {}, draw(one, open))),
    more > 0 && el("li", {}, `And ${more} more.`),
  );
}

const inPercent = (value: number | null) => (value === null ? "" : `${Math.round(value)} %`);
const rounded = (value: number | null) =>
  value === null ? "" : String(Math.round(value)).replace("-", "−");

function draw(one: QuestionResult, open: OpenPlace) {
  const { use, prompt, people, facility, discrimination, statements, place } = one;
  return el(
    "article",
    { class: "problem", "data-severity": statements.length ? "warning" : "note" },
    el("p", { dir: "auto" }, el("span", { class: "kind" }, use), " ", el("bdi", {}, prompt)),
    statements.map(({ finding, advice }) => el("p", {}, `${finding}. ${advice}.`)),
    rows([
      ["Answered by", count(people, "person", "people")],
      ["Right", inPercent(facility)],
      ["Tells apart", rounded(discrimination)],
    ]),
    place && el("div", { class: "problem-foot" }, open(place)),
  );
}

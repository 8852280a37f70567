// The Numbers tab: words, minutes, readability, questions, pictures, size of the state.

import { count, el, part } from "./element.ts";
import type { Desk } from "./desk.ts";
import type { OpenPlace, Place } from "./places.ts";

export interface Numbers {
  language: string;
  minutes: number;
  questions: number;
  pages: { title: string; words: number; minutes: number; age: number | null }[];
  unexplained: { id: string; place: Place }[];
  unsourced: { id: string; place: Place }[];
  pictures: { path: string; size: number; pixels: [number, number] | null }[];
  room: { worst: number; limit: number; parts: { what: string; size: number }[] };
}

const MAX_ROWS = 100;

export function createNumbers(desk: Desk, open: OpenPlace) {
  const panel = el("div");
  let drawn = -1;

  async function show() {
    if (!desk.view || desk.view.edition === drawn) return;
    drawn = desk.view.edition;
    const found: Numbers | null = await desk.server.get("numbers");
    if (found) panel.replaceChildren(...draw(found, open));
  }
  return { panel, show };
}

const draw = (numbers: Numbers, open: OpenPlace) => [
  part("In all", el("p", {}, inAll(numbers))),
  drawPages(numbers),
  part("Questions without an explanation", questionList(numbers.unexplained, open)),
  part("Questions without a source", questionList(numbers.unsourced, open)),
  part("Pictures, the largest first", drawPictures(numbers)),
  drawRoom(numbers),
];

function inAll({ pages, minutes, questions }: Numbers) {
  const words = pages.reduce((sum, page) => sum + page.words, 0);
  const counts = [count(pages.length, "page"), count(words, "word"), count(minutes, "minute")];
  return `${[...counts, count(questions, "question")].join(", ")}.`;
}

function drawPages({ pages, language }: Numbers) {
  const english = language.startsWith("en");
  const note = english ? "" : " It was made for English: compare pages, not courses.";
  const age =
    "The age is that from which a text is easy to read, by the length of its words and " +
    `sentences (ARI).${note}`;
  const body = pages
    .slice(0, MAX_ROWS)
    .map(({ title, words, minutes, age }) => [title, formatted(words), minutes, age ?? "–"]);
  return part(
    "Pages",
    el("p", { class: "soft" }, age),
    table(["Page", "Words", "Minutes", "Age"], body),
    pages.length > MAX_ROWS && el("p", {}, `And ${pages.length - MAX_ROWS} more.`),
  );
}

function drawPictures({ pictures }: Numbers) {
  if (!pictures.length) return el("p", {}, "There are none.");
  const body = pictures.map(({ path, size, pixels }) => [
    path,
    Math.round(size / 1000),
    pixels ? pixels.join(" × ") : "–",
  ]);
  return table(["Picture", "KB", "Pixels"], body);
}

function drawRoom({ room: { worst, limit, parts } }: Numbers) {
  const label = "Room that the longest state takes";
  const words = `${formatted(worst)} of ${formatted(limit)} characters, whatever a trainee does.`;
  const body = parts.map(({ what, size }) => [what, size]);
  return part(
    "Room in the state",
    el("progress", { max: limit, value: worst, "aria-label": label }),
    el("p", {}, words),
    table(["What takes it", "Characters"], body),
  );
}

const formatted = (number: number) => number.toLocaleString("en");

function table(titles: string[], body: (string | number)[][]) {
  const cell = (name: string, value: string | number, at: number) =>
    el(name, { class: at > 0 && "number", scope: name === "th" && "col" }, String(value));
  return el(
    "div",
    { class: "scroll" },
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          titles.map((title, at) => cell("th", title, at)),
        ),
      ),
      el(
        "tbody",
        {},
        body.map((row) =>
          el(
            "tr",
            {},
            row.map((value, at) => cell("td", value, at)),
          ),
        ),
      ),
    ),
  );
}

function questionList(some: Numbers["unsourced"], open: OpenPlace) {
  if (!some.length) return el("p", {}, "There are none.");
  return el(
    "ul",
    {},
    some
      .slice(0, MAX_ROWS)
      .map(({ id, place }) => el("li", { class: "rows" }, el("code", {}, id), open(place))),
  );
}

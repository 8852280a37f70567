// A record page: the trainee's answers, and the sheet that is printed.

import { dayInWords } from "../dom/dates.ts";
import { el } from "../dom/element.ts";
import { answerField, answerTyped, mountAnswer } from "./record-answer.ts";
import { dateField, mountDate } from "./record-date.ts";
import { createEntries } from "./record-entries.ts";
import { showSaved } from "./record-saved.ts";
import { createPrintedName } from "./printed-name.ts";
import { asText, copyText, printPage, saveText } from "./copy-save-print.ts";
import { today } from "../state/days.ts";
import type { Say } from "../dom/words.ts";
import type { RecordItem } from "../state/page-data.ts";
import type { Store } from "../state/store.ts";
import type { SignedLines } from "./result-to-sign.ts";

type Entries = ReturnType<typeof createEntries>;
type PrintedName = ReturnType<typeof createPrintedName>;
interface Given {
  place: HTMLElement;
  /** Data of the page. */
  data: { record?: RecordItem[] };
  store: Store;
  /** The lines to sign, with their current values. */
  sheet: () => SignedLines;
  /** Saves now. Resolves when that has ended, at the latest after so many ms. */
  saved: (ms: number) => Promise<unknown>;
  say: Say;
}

// Up to this number of characters, an answer is hardly higher than a signature.
const SHORT = 300;
// Printing waits so many ms for a save, so that the sheet has the result that the LMS confirms.
const SAVE_MS = 2000;
// A longer word of the course needs the width of stacked rows.
const LONG_WORD = /\S{31}/;
const NUMBER = '@bottom-right{content:counter(page)" / "counter(pages);font:10pt sans-serif}';
// For A4 and Letter, with page numbers, while the record is on view.
const paper = (way: string) => `@page{size:${way};margin:12mm;${NUMBER}}`;
// Safari drops the roles of a table whose cells are stacked on narrow screens.
const ROLES = {
  table: "table",
  "thead, tbody": "rowgroup",
  tr: "row",
  "thead th": "columnheader",
  "tbody th": "rowheader",
  td: "cell",
};

let sheetStyle: HTMLStyleElement | undefined;
/**
 * Fills in the current sheet again, because the status changes with a save and the date with time.
 */
let refresh = () => {};

/**
 * Starts the record in `place`. Answers are stored from the first letter, and saved when the
 * trainee pauses or leaves a field.
 */
export function mountRecord(given: Given) {
  const { place, data, store, say } = given;
  const style = paperStyle();
  const cells = [...place.querySelectorAll(".sheet tr > :not([data-sheet])")];
  const wide = cells.some(({ textContent }) => LONG_WORD.test(textContent));
  const fill = () => {
    fillSheet(given, entries, name);
    const long = data.record?.some((item) => answerTyped(item, entries).length > SHORT);
    style.textContent = paper(long || wide ? "portrait" : "landscape");
  };
  const name = createPrintedName({ place, learner: () => given.sheet().learner, changed: fill });
  const entries = createEntries(store, fill);
  if (store.saved) showSaved(place, data.record ?? [], entries, say);
  else for (const item of data.record ?? []) mountItem(item, entries, say);
  for (const [cells, role] of Object.entries(ROLES)) {
    for (const cell of place.querySelectorAll(`.sheet :is(${cells})`))
      cell.setAttribute("role", role);
  }
  fill();
  refresh = () => (place.isConnected ? fill() : style.remove());
  // For print.css, which prints only the sheet. :has() needs newer browsers.
  place.parentElement?.classList.add("has-sheet");
  mountActions(given, entries, name, fill);
}

function mountItem(item: RecordItem, entries: Entries, say: Say) {
  mountAnswer(item, entries, say);
  mountDate(item, entries, say);
}

function fillSheet(
  { place, data, sheet, say }: Given,
  entries: Entries,
  { name, typed }: PrintedName,
) {
  const signed = sheet();
  const cells: Record<string, string> = {
    ...signed,
    learner: name(),
    typed: typed() && signed.learner ? say("name_typed", { name: signed.learner }) : "",
    printed: dayInWords(say, today()),
  };
  const fill = (field: string, words: string) => {
    cells[field] = [words, entries.draft(field) && say("draft")].filter(Boolean).join("\n");
  };
  for (const item of data.record ?? []) {
    const { date } = entries.kept(item.key);
    fill(answerField(item), answerTyped(item, entries));
    fill(dateField(item), date && dayInWords(say, date));
  }
  const places = place.querySelectorAll("[data-sheet]") as NodeListOf<HTMLElement>;
  for (const cell of places) cell.textContent = cells[cell.dataset.sheet ?? ""] ?? "";
}

/**
 * Returns the style element for the paper size, which only the sheet sets. Starts listening for
 * what changes a sheet, once.
 */
function paperStyle() {
  if (!sheetStyle) {
    sheetStyle = el("style");
    addEventListener("beforeprint", () => refresh());
    document.addEventListener("player:told", () => refresh());
  }
  document.head.append(sheetStyle);
  return sheetStyle;
}

/** Starts the buttons below the sheet. */
function mountActions(
  { place, data, saved, say }: Given,
  entries: Entries,
  { name }: PrintedName,
  fill: () => void,
) {
  const title = place.parentElement?.querySelector("h1")?.textContent ?? "";
  const status = el("p", { role: "status" });
  const text = () => asText(title, place.querySelector(".sheet") as HTMLElement);
  const file = () => [title, name()].filter(Boolean).join(" ");
  const unsaved = () =>
    data.record?.some((item) => entries.draft(answerField(item)) ?? entries.draft(dateField(item)));
  async function print() {
    await saved(SAVE_MS);
    fill();
    printPage(status, say);
    if (unsaved()) status.textContent = [status.textContent, say("draft")].join(" ").trim();
  }
  const actions = {
    print,
    copy: () => copyText(text(), status, say),
    save: () => saveText(text(), file(), status, say),
  };
  for (const [name, act] of Object.entries(actions)) {
    place.querySelector(`[data-${name}]`)?.addEventListener("click", () => {
      fill();
      act();
    });
  }
  place.append(status);
}

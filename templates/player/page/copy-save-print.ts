// The sheet of a record on its way out: as text, to the clipboard, to a file, to paper.

import { el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";

const BLANK = "____________________";
// Longer than any browser takes to read what it was given to save.
const READ_BY_THEN = 60000;

/** The sheet as lines of text: titles, facts, each row of its table cell by cell, lines to sign. */
export function asText(title: string, sheet: HTMLElement) {
  const facts = [...sheet.querySelectorAll("dl > div")].map(labelled);
  const columns = [...sheet.querySelectorAll("thead tr:last-child th")].map(words);
  const rows = [...sheet.querySelectorAll("tbody tr")].map((row) =>
    ["", ...[...row.children].map((cell, at) => `${columns[at]}: ${words(cell) || BLANK}`)].join(
      "\n",
    ),
  );
  const signatures = [...sheet.querySelectorAll(".signature")].map(labelled);
  return [
    title,
    words(sheet.querySelector(".sheet-course")),
    ...facts,
    ...rows,
    "",
    ...signatures,
  ].join("\n");
}

const labelled = ({ children: [label, value] }: Element) =>
  `${words(label)}: ${words(value) || BLANK}`;

/** The words of an element on paper, where nothing can be followed or opened. */
function words(element: Element | null) {
  if (!element) return "";
  const copy = element.cloneNode(true) as Element;
  for (const hint of copy.querySelectorAll(".new-tab")) hint.remove();
  const links = copy.querySelectorAll("a[href^=http]") as NodeListOf<HTMLAnchorElement>;
  for (const link of links) {
    if (link.textContent.trim() !== link.href) link.append(` (${link.getAttribute("href")})`);
  }
  return copy.textContent.replace(/[^\S\n]+/g, " ").trim();
}

/**
 * Copies a text. Where a frame may not use the clipboard, it is shown to be copied by hand. Gives a
 * promise of whether it was copied.
 */
export async function copyText(text: string, status: HTMLElement, say: Say) {
  status.parentElement?.querySelector(".copy")?.remove();
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = say("copied");
    return true;
  } catch {
    const field = el("textarea", { rows: "12", readonly: true, "aria-label": say("copy_by_hand") });
    field.value = text;
    status.textContent = say("copy_by_hand");
    status.after(el("div", { class: "copy" }, field));
    field.select();
    field.focus();
    return false;
  }
}

/**
 * Gives the browser a text to save. Nothing tells whether the frame may: so the words allow for it.
 */
export function saveText(text: string, title: string, status: HTMLElement, say: Say) {
  const name = `${title.replace(/[\\/:*?"<>|\s]+/g, " ").trim()}.txt`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), READ_BY_THEN);
  status.textContent = say("given", { name });
}

/** Prints the page. A frame that may not print does nothing at all, which is told. */
export function printPage(status: HTMLElement, say: Say) {
  let begun = false;
  const begin = () => {
    begun = true;
  };
  addEventListener("beforeprint", begin);
  print();
  removeEventListener("beforeprint", begin);
  status.textContent = begun ? "" : say("not_printed");
}

// Copies, saves and prints the sheet of a record.

import { el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";

const BLANK = "____________________";
// In ms; longer than any browser takes to read the file.
const REVOKE_MS = 60000;

/** The sheet as lines of text: title, facts, the cells of each row, lines to sign. */
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

/**
 * The text of an element as printed: links with their addresses, without hints for opening them.
 */
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
 * Copies a text; if a frame may not use the clipboard, shows it for copying by hand. Resolves to
 * whether it was copied.
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

/** Offers a text for saving. A frame may silently forbid that, so the status text allows for it. */
export function saveText(text: string, title: string, status: HTMLElement, say: Say) {
  const name = `${title.replace(/[\\/:*?"<>|\s]+/g, " ").trim()}.txt`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MS);
  status.textContent = say("given", { name });
}

/** Prints the page, and says so if the browser did not print, as in a frame that may not. */
export function printPage(status: HTMLElement, say: Say) {
  let started = false;
  const onStart = () => {
    started = true;
  };
  addEventListener("beforeprint", onStart);
  print();
  removeEventListener("beforeprint", onStart);
  status.textContent = started ? "" : say("not_printed");
}

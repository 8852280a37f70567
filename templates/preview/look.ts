// The width and appearance of the course.

import { byId, el, select } from "./element.ts";
import type { Desk } from "./desk.ts";

const WIDTHS = [
  ["", "Full"],
  ["390", "390, a phone"],
  ["700", "700, Moodle’s frame"],
  ["1024", "1,024, a screen"],
];
const CHOICES: [string, string, Record<string, string>][] = [
  ["scheme", "Colours", { "": "As the browser has it", light: "Light", dark: "Dark" }],
  ["text", "Text", { 100: "100%", 150: "150%", 200: "200%" }],
  ["motion", "Motion", { "": "As the browser has it", reduce: "Reduced", "no-preference": "All" }],
];

export const WINDOWS = { frame: "A frame", popup: "A popup", window: "A new window" };

/** @param open Opens the course again. */
export function createLook(desk: Desk, open: () => unknown) {
  offerWidths();
  const menu = byId("look").querySelector(".menu-body") as Element;
  menu.append(choice("opened", "Opened in", WINDOWS, open).row);
  const chosen = CHOICES.map(([name, words, options]) => {
    const { row, select } = choice(`look-${name}`, words, options, tell);
    menu.append(row);
    return [name, select] as const;
  });
  menu.append(el("p", {}, "Forced colours and zoom are your browser’s and your system’s to set."));
  closeByItself(byId("look"));

  /** Tells the page with the course how to look. */
  function tell() {
    const look = Object.fromEntries(chosen.map(([name, { value }]) => [name, value]));
    desk.server.cue("look", { ...look, text: Number(look.text) });
  }
  return { tell };
}

/** Offers the widths of the course. */
export function offerWidths() {
  const width = select("width");
  for (const [value, words] of WIDTHS) width.append(el("option", { value }, words));
  width.addEventListener("change", () => {
    const room = byId("room");
    if (width.value) room.dataset.width = width.value;
    else delete room.dataset.width;
    room.style.inlineSize = width.value && `${width.value}px`;
  });
}

/** A row of the menu. */
function choice(id: string, words: string, options: Record<string, string>, change: () => unknown) {
  const all = Object.entries(options).map(([value, label]) => el("option", { value }, label));
  const select = el("select", { id, on: { change } }, all) as HTMLSelectElement;
  const row = el("div", { class: "choice" }, el("label", { for: id }, words), select);
  return { row, select };
}

/** Closes a menu when it loses the focus, and on Escape. */
function closeByItself(menu: HTMLElement) {
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    const inside = menu.contains(relatedTarget as Node | null);
    if (relatedTarget && !inside) menu.removeAttribute("open");
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
}

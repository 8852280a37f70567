// The parts of the panel, one at a time.

import { el } from "./element.js";

/** @typedef {[title: string, panel: HTMLElement, show: () => unknown]} Tab */

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** @param {HTMLElement} panel @param {Tab[]} tabs */
export function createTabs(panel, tabs) {
  let at = 0;
  const list = el("div", { role: "tablist", "aria-label": "Panel" });
  const buttons = tabs.map(([title, body], index) => {
    const tab = createTab(title, body, index);
    tab.addEventListener("click", () => open(index));
    return tab;
  });
  list.append(...buttons);
  list.addEventListener("keydown", (event) => {
    const wanted = nextTab(event.key, at, tabs.length);
    if (wanted === at) return;
    event.preventDefault();
    open(wanted);
    buttons[wanted]?.focus();
  });
  panel.append(list, ...tabs.map(([, body]) => body));

  /** @param {number} wanted */
  function open(wanted) {
    at = wanted;
    tabs.forEach(([, body], index) => {
      body.hidden = index !== at;
      buttons[index]?.setAttribute("aria-selected", String(index === at));
      buttons[index]?.setAttribute("tabindex", index === at ? "0" : "-1");
    });
    refresh();
  }

  function refresh() {
    if (!panel.hidden) tabs[at]?.[2]();
  }
  open(0);

  return {
    refresh,
    /** @param {string} title @param {boolean} [focus] */
    open(title, focus = false) {
      const wanted = tabs.findIndex(([one]) => one === title);
      open(wanted);
      if (focus) buttons[wanted]?.focus();
    },
  };
}

/** @param {string} title @param {HTMLElement} body @param {number} index */
function createTab(title, body, index) {
  const id = `tab-${index}`;
  const controls = `part-${index}`;
  const named = { id: controls, role: "tabpanel", tabindex: "0", "aria-labelledby": id };
  for (const [name, value] of Object.entries(named)) body.setAttribute(name, value);
  return el("button", { type: "button", role: "tab", id, "aria-controls": controls }, title);
}

/** Which tab a key leads to. @param {string} key @param {number} at @param {number} count */
function nextTab(key, at, count) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return (at + (STEPS[key] ?? 0) + count) % count;
}

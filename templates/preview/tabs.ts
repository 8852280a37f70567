// The tabs of the panel.

import { el } from "./element.ts";

type Tab = [title: string, panel: HTMLElement, show: () => unknown];

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

export function createTabs(panel: HTMLElement, tabs: Tab[]) {
  let at = 0;
  const list = el("div", { role: "tablist", "aria-label": "Panel" });
  const buttons = tabs.map(([title, body], index) => {
    const tab: HTMLElement = createTab(title, body, index);
    tab.addEventListener("click", () => open(index));
    return tab;
  });
  list.append(...buttons);
  list.addEventListener("keydown", (event) => {
    const offered = buttons.flatMap(({ hidden }, index) => (hidden ? [] : [index]));
    const next = nextTab(event.key, offered.indexOf(at), offered.length);
    const wanted = offered[next] ?? at;
    if (wanted === at) return;
    event.preventDefault();
    open(wanted);
    buttons[wanted]?.focus();
  });
  panel.append(list, ...tabs.map(([, body]) => body));

  function open(wanted: number) {
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
    /** Shows or hides a tab that only some courses need. */
    offer(title: string, needed: boolean) {
      const index = tabs.findIndex(([one]) => one === title);
      const tab = buttons[index];
      if (tab) tab.hidden = !needed;
      if (!needed && at === index) open(0);
    },
    open(title: string, focus = false) {
      const wanted = tabs.findIndex(([one]) => one === title);
      open(wanted);
      if (focus) buttons[wanted]?.focus();
    },
  };
}

function createTab(title: string, body: HTMLElement, index: number) {
  const id = `tab-${index}`;
  const controls = `part-${index}`;
  const named = { id: controls, role: "tabpanel", tabindex: "0", "aria-labelledby": id };
  for (const [name, value] of Object.entries(named)) body.setAttribute(name, value);
  return el("button", { type: "button", role: "tab", id, "aria-controls": controls }, title);
}

/** The index of the tab that a key leads to. */
function nextTab(key: string, at: number, count: number) {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return (at + (STEPS[key] ?? 0) + count) % count;
}

// Tabs as in the ARIA Authoring Practices: one tab stop, arrow keys, one panel at a time.

import { el } from "../dom/element.ts";

/** Below this width the texts are shown one after another, as without script. */
const WIDE = matchMedia("(min-width: 34rem)");
let sets = 0;

function stop(panel: HTMLElement) {
  const media = panel.querySelectorAll("video, audio") as NodeListOf<HTMLMediaElement>;
  for (const medium of media) medium.pause();
}

function show(panel: HTMLElement, tab: HTMLElement, open: boolean, wide: boolean) {
  tab.setAttribute("aria-selected", String(open));
  tab.tabIndex = open ? 0 : -1;
  panel.toggleAttribute("data-closed", wide && !open);
  if (wide && !open) stop(panel);
  if (wide) {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
  } else for (const name of ["role", "aria-labelledby", "tabindex"]) panel.removeAttribute(name);
}

/** The index of the tab that a key leads to; undefined for other keys. */
function keyTarget(
  { key, ctrlKey, altKey, metaKey }: KeyboardEvent,
  selected: number,
  last: number,
  place: HTMLElement,
) {
  if (ctrlKey || altKey || metaKey) return undefined;
  const forwards = getComputedStyle(place).direction === "rtl" ? -1 : 1;
  return new Map([
    ["ArrowRight", selected + forwards],
    ["ArrowLeft", selected - forwards],
    ["Home", 0],
    ["End", last],
  ]).get(key);
}

export function mountTabs(place: HTMLElement) {
  sets += 1;
  const panels = [...(place.querySelectorAll(":scope > .tab") as NodeListOf<HTMLElement>)];
  const title = place.firstElementChild as Element;
  title.id ||= `tabs-${sets}`;
  const tabs = panels.map((panel, at) => {
    panel.id = `tabs-${sets}-panel-${at + 1}`;
    const id = `tabs-${sets}-tab-${at + 1}`;
    return el(
      "button",
      { type: "button", role: "tab", id, "aria-controls": panel.id, onclick: () => select(at) },
      panel.firstElementChild?.textContent ?? "",
    );
  });
  title.after(
    el("div", { role: "tablist", "aria-labelledby": title.id, onkeydown: move }, ...tabs),
  );

  let selected = 0;

  function select(at: number) {
    selected = at;
    const wide = WIDE.matches;
    place.toggleAttribute("data-wide", wide);
    for (const [index, panel] of panels.entries()) show(panel, tabs[index], index === at, wide);
  }

  function move(event: Event) {
    const pressed = event as KeyboardEvent;
    const to = keyTarget(pressed, selected, tabs.length - 1, place);
    if (to === undefined) return;
    event.preventDefault();
    select((to + tabs.length) % tabs.length);
    tabs[selected].focus();
  }

  /** Shows the panel with the element that a link has led to, or that has the focus. */
  const selectWith = (element: Node | null) => {
    const at = panels.findIndex((panel) => panel.contains(element));
    select(at < 0 ? selected : at);
  };
  place.addEventListener("uncover", (event) => selectWith(event.target as Node));
  const resized = () => {
    if (place.isConnected) selectWith(document.activeElement);
    else WIDE.removeEventListener("change", resized);
  };
  WIDE.addEventListener("change", resized);
  resized();
}

// Tabs as the ARIA Authoring Practices describe them: one tab stop, arrow keys, a panel at a time.

import { el } from "../dom/element.js";

/** Below this width the texts stay below each other, as they are without the player. */
const WIDE = matchMedia("(min-width: 34rem)");
let sets = 0;

/** @param {HTMLElement} panel */
function stop(panel) {
  const media = /** @type {NodeListOf<HTMLMediaElement>} */ (
    panel.querySelectorAll("video, audio")
  );
  for (const medium of media) medium.pause();
}

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} tab
 * @param {boolean} open
 * @param {boolean} wide
 */
function show(panel, tab, open, wide) {
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

/**
 * The tab that a key leads to, counted from 0; undefined for any other key.
 *
 * @param {KeyboardEvent} event
 * @param {number} selected
 * @param {number} last
 * @param {HTMLElement} place
 */
function keyTarget({ key, ctrlKey, altKey, metaKey }, selected, last, place) {
  if (ctrlKey || altKey || metaKey) return undefined;
  const forwards = getComputedStyle(place).direction === "rtl" ? -1 : 1;
  return new Map([
    ["ArrowRight", selected + forwards],
    ["ArrowLeft", selected - forwards],
    ["Home", 0],
    ["End", last],
  ]).get(key);
}

/** @param {HTMLElement} place */
export function mountTabs(place) {
  sets += 1;
  const panels = [
    .../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(":scope > .tab")),
  ];
  const title = /** @type {Element} */ (place.firstElementChild);
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

  /** @param {number} at */
  function select(at) {
    selected = at;
    const wide = WIDE.matches;
    place.toggleAttribute("data-wide", wide);
    for (const [index, panel] of panels.entries()) show(panel, tabs[index], index === at, wide);
  }

  /** @param {Event} event */
  function move(event) {
    const pressed = /** @type {KeyboardEvent} */ (event);
    const to = keyTarget(pressed, selected, tabs.length - 1, place);
    if (to === undefined) return;
    event.preventDefault();
    select((to + tabs.length) % tabs.length);
    tabs[selected].focus();
  }

  /**
   * An element that a link has led to, or that has the focus, stays in view.
   *
   * @param {Node | null} element
   */
  const selectWith = (element) => {
    const at = panels.findIndex((panel) => panel.contains(element));
    select(at < 0 ? selected : at);
  };
  place.addEventListener("uncover", (event) => selectWith(/** @type {Node} */ (event.target)));
  const resized = () => {
    if (place.isConnected) selectWith(document.activeElement);
    else WIDE.removeEventListener("change", resized);
  };
  WIDE.addEventListener("change", resized);
  resized();
}

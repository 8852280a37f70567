// Tabs as the ARIA Authoring Practices describe them: one tab stop, arrow keys, a panel at a time.

import { el } from "../dom/element.js";

/** Below this width the texts stay below each other, as they are without the player. */
const WIDE = matchMedia("(min-width: 34rem)");
let sets = 0;

export function mountTabs(place) {
  sets += 1;
  const panels = [...place.querySelectorAll(":scope > .tab")];
  const title = place.firstElementChild;
  title.id ||= `tabs-${sets}`;
  const tabs = panels.map((panel, at) => {
    panel.id = `tabs-${sets}-panel-${at + 1}`;
    const id = `tabs-${sets}-tab-${at + 1}`;
    return el(
      "button",
      { type: "button", role: "tab", id, "aria-controls": panel.id, onclick: () => select(at) },
      panel.firstElementChild.textContent,
    );
  });
  title.after(el("div", { role: "tablist", "aria-labelledby": title.id, onkeydown: move }, ...tabs));

  let selected = 0;

  function select(at) {
    selected = at;
    const wide = WIDE.matches;
    place.toggleAttribute("data-wide", wide);
    panels.forEach((panel, index) => {
      const open = index === at;
      tabs[index].setAttribute("aria-selected", String(open));
      tabs[index].tabIndex = open ? 0 : -1;
      panel.toggleAttribute("data-closed", wide && !open);
      if (wide && !open) for (const media of panel.querySelectorAll("video, audio")) media.pause();
      if (wide) {
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tabs[index].id);
        panel.tabIndex = 0;
      } else for (const name of ["role", "aria-labelledby", "tabindex"]) panel.removeAttribute(name);
    });
  }

  function move(event) {
    const forwards = getComputedStyle(place).direction === "rtl" ? -1 : 1;
    const last = tabs.length - 1;
    const to = {
      ArrowRight: selected + forwards,
      ArrowLeft: selected - forwards,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    select((to + tabs.length) % tabs.length);
    tabs[selected].focus();
  }

  /** What a link has led to, or what has the focus, stays in view. */
  const selectWith = (element) => {
    const at = panels.findIndex((panel) => panel.contains(element));
    select(at < 0 ? selected : at);
  };
  place.addEventListener("uncover", (event) => selectWith(event.target));
  const resized = () => {
    if (place.isConnected) selectWith(document.activeElement);
    else WIDE.removeEventListener("change", resized);
  };
  WIDE.addEventListener("change", resized);
  resized();
}

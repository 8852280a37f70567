// The Map tab: the scenes and choices of each scenario, drawn and as a list. Each scene opens its
// line.

import { el, part } from "./element.ts";
import type { Desk, View } from "./desk.ts";
import type { OpenPlace, Place } from "./places.ts";

interface Choice {
  id: string;
  words: string;
  quality: string;
  to: number | null;
  title: string;
}

interface Scene {
  id: string;
  title: string;
  /** The quality of its ending, and what is wrong with it. */
  notes: string[];
  /** `words` are what a trainee chooses; `to` is the number of a scene, null if it is missing. */
  choices: Choice[];
  place: Place;
}

/** The map of a scenario. */
interface ScenarioMap {
  page: string;
  title: string;
  /** What is proved about it. */
  words: string;
  /** An SVG element in which the group of each scene has `data-scene`. */
  drawing: string;
  scenes: Scene[];
}

export function createMap(desk: Desk, open: OpenPlace) {
  const panel = el("div");
  let drawn: { view: View | null; page: string } = { view: null, page: "" };

  async function show() {
    if (drawn.view === desk.view && drawn.page === desk.page) return;
    drawn = { view: desk.view, page: desk.page };
    const found: ScenarioMap[] = await desk.server.get("map");
    // The scenario of the page on view comes first.
    const here = found.filter(({ page }) => page === desk.page);
    const others = found.filter((one) => !here.includes(one));
    const fresh = [...here, ...others].map((one) => draw(one, open));
    const same = panel.childElementCount === fresh.length;
    // What is equal stays, and with it focus and scrolling.
    if (same && fresh.every((one, at) => one.isEqualNode(panel.children[at] ?? null))) return;
    panel.replaceChildren(...fresh);
    // A story starts in the middle of its drawing.
    for (const box of panel.querySelectorAll(".map"))
      box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
  }
  return { panel, show };
}

function draw({ title, words, drawing, scenes }: ScenarioMap, open: OpenPlace) {
  const openers = new Map(scenes.map(({ id, place }) => [id, open(place)]));
  const { documentElement } = new DOMParser().parseFromString(drawing, "image/svg+xml");
  for (const group of documentElement.querySelectorAll("[data-scene]"))
    group.addEventListener("click", () =>
      openers.get(group.getAttribute("data-scene") ?? "")?.click(),
    );
  return part(
    title,
    el("p", {}, words),
    // An area that scrolls must be reachable by keyboard.
    el(
      "div",
      { class: "scroll map", tabindex: 0, role: "group", "aria-label": "Drawing" },
      documentElement,
    ),
    el(
      "p",
      { class: "soft" },
      "A solid line is a good choice, a dashed line a fair one, a dotted line a poor one.",
    ),
    el(
      "ol",
      {},
      scenes.map((scene) => drawScene(scene, openers.get(scene.id))),
    ),
  );
}

function drawScene({ id, title, notes, choices }: Scene, opener: HTMLElement | undefined) {
  return el(
    "li",
    {},
    el("span", { dir: "auto" }, title),
    " ",
    el("code", { class: "soft" }, `#${id}`),
    notes.length > 0 && ` – ${notes.join("; ")}`,
    el(
      "ul",
      {},
      choices.map((one) =>
        el(
          "li",
          {},
          `${one.id}, ${one.quality}: “`,
          el("bdi", {}, one.words),
          `” leads to ${one.to ?? `“${one.title}”, which is missing`}`,
        ),
      ),
    ),
    opener,
  );
}

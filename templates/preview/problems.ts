// The Problems tab, and the overlay with errors.

import { byId, button, count, el, part } from "./element.ts";
import { problemList, type SourceLine } from "./problem-list.ts";
import type { Desk } from "./desk.ts";
import type { OpenPlace, Place } from "./places.ts";

export interface Problem {
  severity: "error" | "warning";
  code: string;
  message: string;
  hint: string;
  draft: boolean;
  /** The name of the language if it is a problem of a translation, else empty. */
  language: string;
  place: Place;
  source: SourceLine[];
}

export function createProblems(desk: Desk, open: OpenPlace) {
  const panel = el("div");
  const overlay = byId("overlay");
  const pressed = byId("problems-button");
  let hidden = "";

  const all = () => desk.view?.problems ?? [];
  const others = () => all().filter(({ draft }) => !draft);
  const errors = () => all().filter(({ severity }) => severity === "error");
  const errorsKey = () => keyOf(errors());

  function hide() {
    hidden = errorsKey();
    update();
    byId("course").focus();
  }

  function update() {
    const wrong = errors();
    const unsettled = all().filter(({ draft }) => draft).length;
    const warned = all().length - wrong.length - unsettled;
    pressed.hidden = !all().length;
    pressed.dataset.severity = wrong.length ? "error" : "warning";
    pressed.textContent = [
      wrong.length && count(wrong.length, "error"),
      warned && count(warned, "warning"),
      unsettled && `draft: ${count(unsettled, "point")} open`,
    ]
      .filter(Boolean)
      .join(", ");
    const broken = Boolean(desk.view?.wrong);
    const over = broken && hidden !== errorsKey();
    if (!broken) hidden = "";
    if (over)
      overlay.replaceChildren(
        ...drawOverlay(Boolean(desk.view?.title), wrong.length, others(), { open, hide }),
      );
    if (overlay.hidden === over) overlay.hidden = !over;
  }

  function show() {
    const rest = others();
    panel.replaceChildren(
      part(
        "Problems",
        rest.length ? problemList(rest, open) : el("p", {}, "There is nothing to mend."),
      ),
      ...draftsIn(all()).map(([language, some]) =>
        part(
          language ? `What makes ${language} a draft` : "What makes it a draft",
          some.length
            ? problemList(some, open)
            : el("p", {}, "Nothing: all is set, approved and in time."),
        ),
      ),
    );
  }

  return { panel, update, show };
}

/** Identifies a set of problems. */
const keyOf = (problems: Problem[]) =>
  JSON.stringify(problems.map(({ place, code, message }) => [place.text, code, message]));

/** What makes the course a draft, and what makes each of its other languages one. */
function draftsIn(problems: Problem[]) {
  const found = new Map<string, Problem[]>([["", []]]);
  for (const one of problems.filter(({ draft }) => draft)) {
    found.set(one.language, [...(found.get(one.language) ?? []), one]);
  }
  return [...found];
}

/**
 * What covers the page, or the place of the first page.
 *
 * @param page Whether there is one.
 * @param wrong Number of errors.
 */
function drawOverlay(
  page: boolean,
  wrong: number,
  some: Problem[],
  { open, hide }: { open: OpenPlace; hide: () => void },
) {
  const beneath = page
    ? "The last page that worked is beneath. It comes back by itself."
    : "The course appears as soon as these are mended.";
  const title = el("h2", {}, `${count(wrong, "error")} to mend`);
  const words = el("div", {}, title, el("p", { class: "soft" }, beneath));
  const close = page && button("Show the page", hide);
  return [el("div", { class: "overlay-head" }, words, close), problemList(some, open)];
}

// The LMS tab of a package: what the learning system holds, and what follows from it.

import { el, part, updateElement } from "../element.ts";
import {
  drawAnswers,
  drawHeld,
  drawLacks,
  drawState,
  listOutcomes,
  type Explained,
} from "../lms-tab.ts";
import { held, usualOutcomes } from "../outcome.ts";
import type { Desk } from "../desk.ts";
import type { PrintedPackage } from "./printed.ts";

/** Maximum number of characters of a state that are shown. */
const MAX_STATE = 4000;

export function createPackageLmsTab(desk: Desk & { printed: PrintedPackage }) {
  const panel = el("div");
  let drawn = "";

  async function show() {
    const { learning, record, printed } = desk;
    if (!learning) return;
    const holds = held(learning, record.messages);
    const now = JSON.stringify([holds, learning.name, learning.settings, record.messages.length]);
    if (now === drawn) return;
    drawn = now;
    const state: Explained | null =
      printed.own && holds.state ? await desk.server.post("explain", { state: holds.state }) : null;
    const fresh = el(
      "div",
      {},
      part(`What ${learning.profile.name} holds`, drawHeld(holds)),
      part("What it would do", listOutcomes(usualOutcomes(learning, record.messages))),
      part("The saved state", ...(state ? drawState(state, false) : drawText(holds.state))),
      part("Answers that were reported", drawAnswers(holds)),
      part("About it", el("p", {}, learning.profile.special), ...drawLacks(learning)),
    );
    updateElement(panel, fresh);
  }
  return { panel, show };
}

/** The state of a package of any tool, which only that tool can read. */
function drawText(state: string) {
  if (!state) return [el("p", {}, "Nothing yet.")];
  const rest = state.length - MAX_STATE;
  const shown = rest > 0 ? `${state.slice(0, MAX_STATE)}… (${rest} more)` : state;
  const size = `${state.length.toLocaleString("en")} characters; SCORM 1.2 allows 4,096`;
  return [el("p", {}, size), el("div", { class: "scroll" }, el("code", {}, shown))];
}

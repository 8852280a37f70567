// Counts how much room a text field has left.

import { el } from "../dom/element.ts";
import { updateErrorTitle } from "./error-title.ts";
import { roomOf } from "../state/letters.ts";
import type { Say } from "../dom/words.ts";

interface Given {
  field: HTMLInputElement | HTMLTextAreaElement;
  count: HTMLElement;
  limit: number;
  say: Say;
  paused: () => void;
}

export const TYPING_PAUSE_MS = 1000;

/**
 * How many letters of running text fit into `units`; in tens where there are many. Ten letters take
 * up to eleven units, because punctuation and accents take two each.
 */
function lettersFor(units: number) {
  const fit = Math.floor((units * 10) / 11);
  return fit < 100 ? fit : fit - (fit % 10);
}

/**
 * Shows below a `field` about how many letters its text leaves of `limit` units of the state. When
 * typing pauses, the number is announced (WCAG 4.1.3) and `paused()` is called.
 *
 * `left()` returns the units left, negative if the text is too long. `show()` updates the number
 * for text that was not typed. `quiet()` cancels a pending announcement.
 */
export function createRoom({ field, count, limit, say, paused }: Given) {
  const spoken = el("p", { class: "unseen", role: "status" });
  let pause = 0;
  count.setAttribute("aria-hidden", "true");
  count.after(spoken);

  const left = () => limit - roomOf(field.value);

  function update() {
    const room = left();
    count.textContent =
      room < 0 ? say("too_long", { n: -room }) : say.count("room_left", lettersFor(room));
    count.classList.toggle("error-message", room < 0);
  }

  function show() {
    update();
    field.setAttribute("aria-invalid", String(left() < 0));
    updateErrorTitle(say);
  }

  field.addEventListener("input", () => {
    update();
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (!field.isConnected) return;
      show();
      spoken.textContent = count.textContent;
      paused();
    }, TYPING_PAUSE_MS);
  });
  show();
  return { left, show, quiet: () => clearTimeout(pause) };
}

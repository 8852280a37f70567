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
 * Shows below a `field` how many of `limit` units of the state its text leaves. The number changes
 * with each letter. When typing pauses, it is announced (WCAG 4.1.3) and `paused()` is called.
 *
 * `left()` returns the number, negative if the text is too long. `show()` updates it for text that
 * was not typed. `quiet()` cancels a pending announcement.
 */
export function createRoom({ field, count, limit, say, paused }: Given) {
  const spoken = el("p", { class: "unseen", role: "status" });
  let pause = 0;
  count.setAttribute("aria-hidden", "true");
  count.after(spoken);

  const left = () => limit - roomOf(field.value);

  function update() {
    const room = left();
    count.textContent = room < 0 ? say("too_long", { n: -room }) : say.count("room_left", room);
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

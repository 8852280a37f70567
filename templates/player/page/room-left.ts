// How much room a text field has left.

import { el } from "../dom/element.ts";
import { roomOf } from "../state/letters.ts";
import type { Say } from "../dom/words.ts";

interface Given {
  field: HTMLInputElement | HTMLTextAreaElement;
  count: HTMLElement;
  limit: number;
  say: Say;
  paused: () => void;
}

export const TYPING_PAUSE = 1000;

/**
 * Counts below a `field` what the state still takes of its text: `limit` letters of the state. Who
 * sees the number sees it change with each letter; it is spoken when typing pauses (WCAG 4.1.3),
 * and then `paused()` is called.
 *
 * `left()` gives the number, below zero where the text is too long; `show()` is for a text that was
 * not typed or a field that is left; `quiet()` takes back a number that is still to be spoken.
 */
export function createRoom({ field, count, limit, say, paused }: Given) {
  const spoken = el("p", { class: "unseen", role: "status" });
  let pause = 0;
  count.setAttribute("aria-hidden", "true");
  count.after(spoken);

  const left = () => limit - roomOf(field.value);

  function tell() {
    const room = left();
    count.textContent = room < 0 ? say("too_long", { n: -room }) : say.count("room_left", room);
    count.classList.toggle("error-message", room < 0);
  }

  function show() {
    tell();
    field.setAttribute("aria-invalid", String(left() < 0));
  }

  field.addEventListener("input", () => {
    tell();
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (!field.isConnected) return;
      show();
      spoken.textContent = count.textContent;
      paused();
    }, TYPING_PAUSE);
  });
  show();
  return { left, show, quiet: () => clearTimeout(pause) };
}

// How much room a text field has left.

import { el } from "../dom/element.js";
import { roomOf } from "../state/codec.js";

/** @import {Say} from "../types" */

export const TYPING_PAUSE = 1000;

/**
 * Counts below a `field` what the state still takes of its text: `limit` letters of the state. Who
 * sees it sees it with each letter; it is spoken when typing pauses (WCAG 4.1.3), and then
 * `paused()` is called. `left()` gives the number, below zero where the text is too long; `show()`
 * is for a text that was not typed or a field that is left; `quiet()` leaves out what was still to be spoken.
 *
 * @param {{field: HTMLInputElement | HTMLTextAreaElement, count: HTMLElement, limit: number, say: Say, paused: () => void}} parts
 */
export function createRoom({ field, count, limit, say, paused }) {
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

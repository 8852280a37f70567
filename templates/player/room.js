// How much room a text field has left.

import { encodeText } from "./state.js";

export const TYPING_PAUSE = 1000;

/**
 * Counts below a `field` what the state still takes of its text: `limit` encoded characters.
 * `left()` gives the number, below zero where the text is too long; `tell()` says it, to be called
 * when typing pauses (WCAG 4.1.3; spoken with each letter it would be noise).
 */
export function createRoom({ field, count, limit, say }) {
  const left = () => limit - encodeText(field.value).length;
  count.setAttribute("role", "status");
  return {
    left,
    tell() {
      const room = left();
      const words = room < 0 ? say("too_long", { n: -room }) : say.count("room_left", room);
      if (count.textContent !== words) count.textContent = words;
      count.classList.toggle("error-message", room < 0);
      field.setAttribute("aria-invalid", String(room < 0));
    },
  };
}

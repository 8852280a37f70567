// Notes when the trainee types, so that saving waits for a pause
// (facts/learning-systems.md#browsers).

import type { Store } from "../state/store.ts";

export function watchTyping(store: Store) {
  // Radio buttons and checkboxes have no such event.
  document.addEventListener("beforeinput", () => {
    store.typed = performance.now();
  });
}

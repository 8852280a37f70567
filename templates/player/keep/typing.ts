// Where somebody types, so that saving waits for a pause (facts/learning-systems.md#browsers).

import type { Store } from "../state/store.ts";

/** Notes from now on in `store` when something was typed. */
export function watchTyping(store: Store) {
  // A choice is no typing, and has no such event.
  document.addEventListener("beforeinput", () => {
    store.typed = performance.now();
  });
}

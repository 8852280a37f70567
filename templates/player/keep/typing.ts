// Where somebody types, so that saving waits for a pause (facts/learning-systems.md#browsers).

/** @import {Store} from "../types" */

/**
 * Notes from now on in `store` when something was typed.
 *
 * @param {Store} store
 */
export function watchTyping(store) {
  // A choice is no typing, and has no such event.
  document.addEventListener("beforeinput", () => {
    store.typed = performance.now();
  });
}

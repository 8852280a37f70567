// What stands round the pages arrives behind the first one; its buttons are there before it.

/** @import {LoadError, Timer} from "../types" */
/**
 * @typedef {object} ArrivalParts
 * @property {HTMLElement[]} toggles
 * @property {() => Promise<void>} load
 * @property {(retry: (() => Promise<void>) | null) => void} failed
 * @property {Timer} timer
 */

// How long to wait before it is asked for again.
const AGAIN = [2000, 10000, 30000, 60000];

/**
 * `load()` gives a promise of its end. A button of `toggles` that is pressed before loads it again
 * if need be and is pressed once more when it is there. `failed(retry)` hears that it did not come,
 * `failed(null)` that it did. The function that this gives loads it and gives the promise. What
 * could not be loaded is asked for again until it has come; `timer(call, ms)` is setTimeout's like.
 *
 * @param {ArrivalParts} parts
 */
export function createArrival({ toggles, load, failed, timer }) {
  /** @type {HTMLElement | null} */
  let pressed = null;
  /** @type {Promise<void> | null} */
  let coming = null;
  let failures = 0;

  async function arrive() {
    try {
      await load();
      failed(null);
    } catch (error) {
      coming = null;
      failed(begin);
      if (/** @type {LoadError} */ (error).src) later();
      throw error;
    }
    // A trainee who has gone on meanwhile is not called back.
    if (pressed && document.activeElement === pressed) pressed.click();
  }

  const begin = () => (coming ??= arrive());
  const again = () => begin().catch(() => {});

  function later() {
    const mine = (failures += 1);
    timer(() => mine === failures && again(), AGAIN[Math.min(mine, AGAIN.length) - 1]);
  }

  for (const toggle of toggles) {
    toggle.hidden = false;
    toggle.onclick = () => {
      // Safari gives a button that is clicked no focus.
      toggle.focus();
      pressed = toggle;
      again();
    };
  }
  addEventListener("online", () => failures && again());
  return begin;
}

// What stands round the pages arrives behind the first one; its buttons are there before it.

/** @import {Arrival, LoadError, Surroundings, Timer} from "../types" */
/**
 * @typedef {object} ArrivalParts
 * @property {string} buttons A selector of those.
 * @property {() => Promise<Surroundings>} load
 * @property {(retry: (() => Promise<void>) | null) => void} failed
 * @property {Timer} timer
 */

// How long to wait before it is asked for again.
const AGAIN = [2000, 10000, 30000, 60000];

/**
 * A button that is pressed before the surroundings are there loads them again if need be, and is
 * pressed once more when they are there. `failed(retry)` hears that they did not come,
 * `failed(null)` that they did. What could not be loaded is asked for again until it has come.
 *
 * @param {ArrivalParts} parts
 * @returns {Arrival}
 */
export function createArrival({ buttons, load, failed, timer }) {
  /** @type {HTMLElement | null} */
  let pressed = null;
  /** @type {Promise<void> | null} */
  let coming = null;
  let failures = 0;

  async function arrive() {
    try {
      arrival.there = await load();
    } catch (error) {
      coming = null;
      failed(arrival.begin);
      if (/** @type {LoadError} */ (error).src) later();
      return;
    }
    failed(null);
    // A trainee who has gone on meanwhile is not called back.
    if (pressed && document.activeElement === pressed) pressed.click();
  }

  /** @type {Arrival} */
  const arrival = {
    there: null,
    turned() {},
    begin() {
      coming ??= arrive();
      return coming;
    },
    async show(navigation) {
      const { hash } = location;
      if (!arrival.there) await arrival.begin();
      if (location.hash === hash) arrival.there?.views[hash]?.(navigation.before);
    },
  };

  function later() {
    failures += 1;
    const mine = failures;
    timer(() => mine === failures && arrival.begin(), AGAIN[Math.min(mine, AGAIN.length) - 1]);
  }

  /** @type {NodeListOf<HTMLElement>} */
  const toggles = document.querySelectorAll(buttons);
  for (const toggle of toggles) {
    toggle.hidden = false;
    toggle.onclick = () => {
      // Safari gives a button that is clicked no focus.
      toggle.focus();
      pressed = toggle;
      arrival.turned();
      arrival.begin();
    };
  }
  addEventListener("online", () => failures && arrival.begin());
  return arrival;
}

// What stands round the pages arrives behind the first one; its buttons are there before it.

/**
 * `load()` gives a promise of its end. A button of `toggles` that is pressed before loads it again
 * if need be and is pressed once more when it is there. `failed(retry)` hears that it did not come,
 * `failed(null)` that it did. The function that this gives loads it and gives the promise.
 */
export function createArrival({ toggles, load, failed }) {
  let pressed = null;
  let coming = null;

  async function arrive() {
    try {
      await load();
      failed(null);
    } catch (error) {
      coming = null;
      failed(begin);
      throw error;
    }
    // A trainee who has gone on meanwhile is not called back.
    if (pressed && document.activeElement === pressed) pressed.click();
  }

  const begin = () => (coming ??= arrive());

  for (const toggle of toggles) {
    toggle.hidden = false;
    toggle.onclick = () => {
      // Safari gives a button that is clicked no focus.
      toggle.focus();
      pressed = toggle;
      begin().catch(() => {});
    };
  }
  return begin;
}

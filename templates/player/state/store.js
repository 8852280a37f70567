// The one state of the visit, and who wants to know when it changes.

/** `state` is that of codec.js. Listeners hear of every change and must be quick. */
export function createStore(state) {
  const listeners = [];
  let waiting = false;

  function tell(soon) {
    waiting = !soon;
    for (const listener of listeners) listener(soon);
  }

  return {
    state,
    /** Counts the changes. */
    version: 0,
    /**
     * Change the state. `soon` is false for a change that may wait for the next save, such as a
     * letter typed.
     */
    change(act, soon = true) {
      act(state);
      this.version += 1;
      tell(soon);
    },
    /** Wait no longer with changes that could wait. */
    hurry() {
      if (waiting) tell(true);
    },
    subscribe: (listener) => listeners.push(listener),
  };
}

// The one state of the visit, and who wants to know when it changes.

/** `state` is that of state.js. Listeners hear of every change and must be quick. */
export function createStore(state) {
  const listeners = [];
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
      for (const listener of listeners) listener(soon);
    },
    subscribe: (listener) => listeners.push(listener),
  };
}

// The one state of the visit, and who wants to know when it changes.

/** @import {State, Store} from "../types" */

/**
 * `state` is that of state.js. Listeners hear of every change and must be quick.
 *
 * @param {State} state
 * @returns {Store}
 */
export function createStore(state) {
  /** @type {((soon: boolean) => void)[]} */
  const listeners = [];
  let waiting = false;

  /** @param {boolean} soon */
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
    /** What saving itself keeps in the state: no change of the trainee's, so nobody hears of it. */
    note: (act) => act(state),
    /** Wait no longer with changes that could wait. */
    hurry() {
      if (waiting) tell(true);
    },
    subscribe: (listener) => listeners.push(listener),
  };
}

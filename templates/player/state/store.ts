// The one state of the visit, and who wants to know when it changes.

import type { State } from "./state.ts";

/** The one state of the visit, and who wants to know when it changes. */
export interface Store {
  readonly state: State;
  /** Counts the changes. */
  version: number;
  /** When somebody last typed in a field, in ms of the page's clock. */
  typed?: number;
  /** `soon` is false for a change that may wait for the next save, such as a letter typed. */
  change(act: (state: State) => void, soon?: boolean): void;
  /** What saving itself keeps in the state: no change of the trainee's, so nobody hears of it. */
  note(act: (state: State) => void): void;
  /** Wait no longer with changes that could wait. */
  hurry(): void;
  subscribe(listener: (soon: boolean) => void): void;
}

/** `state` is that of state.ts. Listeners hear of every change and must be quick. */
export function createStore(state: State): Store {
  const listeners: ((soon: boolean) => void)[] = [];
  let waiting = false;

  function tell(soon: boolean) {
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

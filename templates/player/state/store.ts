// Holds the state of the visit and notifies subscribers of changes.

import type { State } from "./state.ts";

export interface Store {
  readonly state: State;
  /**
   * The work that the LMS holds, in a visit that records nothing; null in other visits. What is
   * done in such a visit does not change it.
   */
  saved: State | null;
  /** The work from which a result is stated: `saved`, or the state of the visit. */
  readonly held: State;
  /** Number of changes. */
  version: number;
  /** When the trainee last typed, in ms of performance.now(). */
  typed?: number;
  /**
   * Changes the state. `soon` is false for a change that may wait for the next save, such as
   * typing.
   */
  change(act: (state: State) => void, soon?: boolean): void;
  /** Changes what saving itself keeps in the state, without notifying subscribers. */
  note(act: (state: State) => void): void;
  /** Notifies subscribers now of changes that could wait. */
  hurry(): void;
  subscribe(listener: (soon: boolean) => void): void;
}

/** Subscribers are called synchronously and must be quick. */
export function createStore(state: State): Store {
  const listeners: ((soon: boolean) => void)[] = [];
  let waiting = false;

  function notify(soon: boolean) {
    waiting = !soon;
    for (const listener of listeners) listener(soon);
  }

  return {
    state,
    saved: null,
    get held() {
      return this.saved ?? state;
    },
    version: 0,
    change(act, soon = true) {
      act(state);
      this.version += 1;
      notify(soon);
    },
    note: (act) => act(state),
    hurry() {
      if (waiting) notify(true);
    },
    subscribe: (listener) => listeners.push(listener),
  };
}

// What this tab remembers of its visits, to detect an old copy of the LMS's page
// (old-copy-rule.ts).

import type { State } from "../state/state.ts";

/** What a tab remembers of a course. It contains no work. */
export interface Mark {
  attempt: string;
  /** The save counters last sent to the LMS and last confirmed. */
  sent: number;
  confirmed: number;
  /** Whether the attempt has a final status. */
  over: boolean;
  /** Whether the LMS's page has been reloaded since, because it was an old copy. */
  reloaded: boolean;
}

export interface MarkKeeper {
  /** The mark; null if there is none. */
  read(): Mark | null;
  /** Notes that the state is being sent to the LMS. */
  sent(state: State): void;
  /** Changes some fields of the mark. */
  keep(change: Partial<Mark>): void;
}

/** The mark of the course at `place`, in the Storage that `storage()` returns, which may throw. */
export function createMark(storage: () => Storage, place: string): MarkKeeper {
  const key = `scorm-builder ${place}`;
  const read = (): Mark | null => attempted(() => JSON.parse(storage().getItem(key) as string));
  const keep = (change: Partial<Mark>) =>
    attempted(() => storage().setItem(key, JSON.stringify({ ...read(), ...change })));

  return {
    read,
    sent({ attempt, saves, status }) {
      const before = read();
      const confirmed = before?.attempt === attempt ? before.confirmed : 0;
      keep({ attempt, sent: saves, confirmed, over: status !== "incomplete" });
    },
    keep,
  };
}

/** What `act` returns; null if it throws. */
function attempted<T>(act: () => T) {
  try {
    return act();
  } catch {
    return null;
  }
}

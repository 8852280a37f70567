// What this tab remembers of its visits, to know an old copy of the LMS's page (old-copy-rule.ts).

import type { State } from "../state/state.ts";

/** What a tab remembers of the visits of a course. */
export interface Mark {
  attempt: string;
  /** The counters of saves that were last sent and last confirmed. */
  sent: number;
  confirmed: number;
  /** Whether the attempt is over. */
  over: boolean;
  /** Whether the LMS's page was loaded anew since. */
  reloaded: boolean;
}

/** The place where that is remembered. */
export interface MarkKeeper {
  /** What is remembered, null for nothing. */
  read(): Mark | null;
  /** The state is on its way to the LMS. */
  sent(state: State): void;
  /** More to remember. */
  keep(change: Partial<Mark>): void;
}

/**
 * The mark of the course at `place` in the Storage that `storage()` gives, which may throw. It has
 * no work in it: `attempt`, the counters of saves that were last `sent` and last `confirmed`,
 * whether the attempt is `over`, and whether the LMS's page was `reloaded` since.
 */
export function createMark(storage: () => Storage, place: string): MarkKeeper {
  const key = `scorm-builder ${place}`;
  const read = (): Mark | null => attempted(() => JSON.parse(storage().getItem(key) as string));
  const keep = (change: Partial<Mark>) =>
    attempted(() => storage().setItem(key, JSON.stringify({ ...read(), ...change })));

  return {
    /** What is remembered, null for nothing. */
    read,
    /** The state is on its way to the LMS. */
    sent({ attempt, saves, status }) {
      const before = read();
      const confirmed = before?.attempt === attempt ? before.confirmed : 0;
      keep({ attempt, sent: saves, confirmed, over: status !== "incomplete" });
    },
    /** More to remember: what is `confirmed` or `reloaded`. */
    keep,
  };
}

/** What `act` gives, null where it throws. */
function attempted<T>(act: () => T) {
  try {
    return act();
  } catch {
    return null;
  }
}

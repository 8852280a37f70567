// What this tab remembers of its visits, to know an old copy of the LMS's page (old-copy-rule.js).

/** @import {Mark, MarkKeeper} from "../types" */

/**
 * The mark of the course at `place` in the Storage that `storage()` gives, which may throw. It has
 * no work in it: `attempt`, the counters of saves that were last `sent` and last `confirmed`,
 * whether the attempt is `over`, and whether the LMS's page was `reloaded` since.
 *
 * @param {() => Storage} storage
 * @param {string} place
 * @returns {MarkKeeper}
 */
export function createMark(storage, place) {
  const key = `scorm-builder ${place}`;
  /** @returns {Mark | null} */
  const read = () => attempted(() => JSON.parse(/** @type {string} */ (storage().getItem(key))));
  /** @param {Partial<Mark>} change */
  const keep = (change) =>
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

/**
 * What `act` gives, null where it throws.
 *
 * @template T
 * @param {() => T} act
 */
function attempted(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

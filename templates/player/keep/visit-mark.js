// What this tab remembers of its visits, to know an old copy of the LMS's page: the browser's Back
// shows what the LMS said at the start of an earlier visit (facts/moodle.md#entry-mode-attempts).

/** @import {Mark, MarkKeeper, State} from "../types" */

/**
 * Whether what an LMS has said is an old copy. `type` is how the browser came to the LMS's page, by
 * the names of the Navigation Timing API, `around` whether that page is round the course, `told`
 * the state that the LMS gave, null for none, and `mark` what createMark remembers, null for
 * nothing.
 *
 * No sign is enough by itself: not every Back is an old copy, a counter of saves that were lost
 * runs ahead of the LMS, and a copy of the first visit has no attempt. What has just been loaded
 * anew is believed. An LMS's page that opens windows is often come to by Back, long before the
 * first one.
 *
 * @param {string | undefined} type
 * @param {boolean} around
 * @param {State | null} told
 * @param {Mark | null} mark
 */
export function isOldCopy(type, around, told, mark) {
  const known = told !== null && mark !== null && told.attempt === mark.attempt;
  if (type === "back_forward") return known ? told.saves < mark.sent : around || Boolean(mark);
  return known && type !== "reload" && !mark.reloaded && told.saves < mark.confirmed;
}

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

// How an old copy of the LMS's page is known: the browser's Back shows what the LMS said at the
// start of an earlier visit (facts/moodle.md#entry-mode-attempts).

import type { State } from "../state/state.ts";
import type { Mark } from "./visit-mark.ts";

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
 */
export function isOldCopy(
  type: string | undefined,
  around: boolean,
  told: State | null,
  mark: Mark | null,
) {
  const known = told !== null && mark !== null && told.attempt === mark.attempt;
  if (type === "back_forward") return known ? told.saves < mark.sent : around || Boolean(mark);
  return known && type !== "reload" && !mark.reloaded && told.saves < mark.confirmed;
}

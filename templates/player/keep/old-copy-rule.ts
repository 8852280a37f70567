// Detects an old copy of the LMS's page: the browser's Back shows the launch values of an earlier
// visit (facts/moodle.md#entry-mode-attempts).

import type { State } from "../state/state.ts";
import type { Mark } from "./visit-mark.ts";

/**
 * Whether the launch values are an old copy. `type` is the navigation type of the LMS's page
 * (Navigation Timing API); `around` is whether that page contains the course; `lmsState` is the
 * state at launch, null for none; `mark` is what this tab remembers, null for nothing.
 *
 * No sign is enough alone. Not every Back shows an old copy. The counter of a save that was lost is
 * ahead of the LMS. A copy of the first visit has no attempt. A page that was just reloaded is
 * current. An LMS that opens the course in a window is often reached by Back before the first
 * visit.
 */
export function isOldCopy(
  type: string | undefined,
  around: boolean,
  lmsState: State | null,
  mark: Mark | null,
) {
  const known = lmsState !== null && mark !== null && lmsState.attempt === mark.attempt;
  if (type === "back_forward") return known ? lmsState.saves < mark.sent : around || Boolean(mark);
  return known && type !== "reload" && !mark.reloaded && lmsState.saves < mark.confirmed;
}

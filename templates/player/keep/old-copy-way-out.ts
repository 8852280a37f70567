// Decides what to do about an old copy of the LMS's page (visit-mark.ts).

import type { State } from "../state/state.ts";
import type { Mark } from "./visit-mark.ts";

interface WayOutParts {
  mark: Mark | null;
  lmsState: State | null;
  attempt: number;
  around: boolean;
  online: boolean;
}

/**
 * Returns "reload" to reload the LMS's page, "ask" to ask the trainee to do so, or "close" if the
 * course must be launched from the LMS again. `attempt` is the number of the LMS's attempt, 0 if
 * unknown; `around` is whether the LMS's window contains the course.
 *
 * After a finished attempt a reload may start a new one, so the trainee decides. If the launch
 * already started a further attempt, a reload would start yet another.
 */
export function wayOut({ mark, lmsState, attempt, around, online }: WayOutParts) {
  if (!around || (!lmsState && attempt > 1 && mark?.over !== false)) return "close";
  return mark?.over || mark?.reloaded || !online ? "ask" : "reload";
}

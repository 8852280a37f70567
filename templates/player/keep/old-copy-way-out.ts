// What leads out of an old copy of the LMS's page (visit-mark.ts).

import type { State } from "../state/state.ts";
import type { Mark } from "./visit-mark.ts";

interface WayOutParts {
  mark: Mark | null;
  told: State | null;
  attempt: number;
  around: boolean;
  online: boolean;
}

/**
 * What is to be done about an old copy: "reload" the LMS's page, "ask" the trainee to, or "close",
 * where only the LMS's own way in is left. `mark` and `told` are as in visit-mark.ts, `attempt` is
 * which attempt the LMS has opened, 0 where it does not say; `around` is whether its window is
 * round this one, and `online` whether there is a line.
 *
 * Loaded again, a finished attempt is followed by another one where the LMS is set up so: that is
 * for the trainee to begin. A launch that began a further attempt would ask for one more.
 */
export function wayOut({ mark, told, attempt, around, online }: WayOutParts) {
  if (!around || (!told && attempt > 1 && mark?.over !== false)) return "close";
  return mark?.over || mark?.reloaded || !online ? "ask" : "reload";
}

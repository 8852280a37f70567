// Rules that need the whole outline.

import { chunks } from "./registry.ts";
import type { Outline, WholeCourse } from "../state/course.ts";
import type { Shortening } from "../state/shortening.ts";
import type { State } from "../state/state.ts";
import type { Judgement } from "../state/tracking.ts";

/** What the part shell-rules exports. */
export type Rules = Pick<
  typeof import("../state/progress.ts"),
  "decided" | "gateLost" | "gateOpen" | "measure" | "missing" | "pageShut"
> &
  Pick<typeof import("../state/edits.ts"), "carryBack"> &
  Pick<typeof import("./work-completed.ts"), "completeWork"> &
  Pick<typeof import("../state/tracking.ts"), "verdict"> & {
    /** Status and score of the trainee's work. */
    judge(course: WholeCourse, state: State): Judgement;
    shortenings(outline: Outline): Shortening[];
  };

/** Undefined until the outline is complete. */
export const rules = () => chunks.arrived("part", "shell-rules") as Rules;

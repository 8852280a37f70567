// Rules that need the whole outline.

import { chunks } from "./registry.ts";
import type { Outline } from "../state/course.ts";
import type { Shortening } from "../state/shortening.ts";

/** What the part shell-rules exports. */
export type Rules = Pick<
  typeof import("../state/progress.ts"),
  "gateLost" | "gateOpen" | "measure" | "missing" | "pageShut"
> &
  Pick<typeof import("../state/edits.ts"), "carryBack"> &
  Pick<typeof import("./work-completed.ts"), "completeWork"> &
  Pick<typeof import("../state/tracking.ts"), "verdict"> &
  Pick<typeof import("../state/days.ts"), "today"> & {
    shortenings(outline: Outline): Shortening[];
  };

/** Undefined until the outline is complete. */
export const rules = () => chunks.arrived("part", "shell-rules") as Rules;

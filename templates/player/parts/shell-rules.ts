// Loads with the rest of the outline: the rules that need all of it.

import {
  decided,
  gateLost,
  gateOpen,
  knownKeys,
  measure,
  missing,
  pageShut,
} from "../state/progress.ts";
import { completeWork } from "../app/work-completed.ts";
import { carryBack } from "../state/edits.ts";
import { today } from "../state/days.ts";
import { shortenings } from "../state/shortening.ts";
import { verdict } from "../state/tracking.ts";
import type { Rules } from "../app/rules.ts";
import type { Outline } from "../state/course.ts";

const rules: Rules = {
  carryBack,
  completeWork,
  decided,
  gateLost,
  gateOpen,
  judge: ({ outline, tracking }, state) => ({
    ...verdict(measure(outline, state, tracking), tracking),
    day: today(),
  }),
  measure,
  missing,
  pageShut,
  shortenings: (outline: Outline) => shortenings(() => knownKeys(outline)),
  verdict,
};

scormBuilder.add("part", "shell-rules", rules);

// Loads with the rest of the outline if the course has modules.

import { createObjectives, type ObjectivesPart } from "../lms/objectives.ts";
import type { Page } from "../state/course.ts";

/** `measure` and `verdict` are passed in, because shell-rules already contains them. */
const create: ObjectivesPart = ({ tracking, measure, verdict, ...given }) =>
  createObjectives({
    ...given,
    judge: (pages: Page[]) => ({
      ...verdict(measure({ pages }, given.state, tracking), tracking),
      ...(!tracking.score && { score: null }),
    }),
  });

scormBuilder.add("part", "shell-objectives", create);

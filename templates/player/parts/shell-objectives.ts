// Is there from the start where the course has modules.

import { createObjectives, type ObjectivesPart } from "../lms/objectives.ts";
import type { Page } from "../state/course.ts";

/** `measure` and `verdict` are given: a first view need not hold them twice. */
const create: ObjectivesPart = ({ tracking, measure, verdict, ...given }) =>
  createObjectives({
    ...given,
    judge: (pages: Page[]) => ({
      ...verdict(measure({ pages }, given.state, tracking), tracking),
      ...(!tracking.score && { score: null }),
    }),
  });

scormBuilder.add("part", "shell-objectives", create);

// Loads with the rest of the outline if the course has modules.

import { createObjectives, type ObjectivesPart } from "../lms/objectives.ts";
import type { Page } from "../state/course.ts";

/**
 * A module that is done is "passed" if a test-out has shown a page of it, and "completed" if all
 * pages were read. `measure` and `verdict` are passed in, because shell-rules already contains
 * them.
 */
const create: ObjectivesPart = ({ tracking, measure, verdict, ...given }) =>
  createObjectives({
    ...given,
    judge(pages: Page[]) {
      const { status, score } = verdict(measure({ pages }, given.state, tracking), tracking);
      const shown = pages.some((page) => given.state.visited.has(page.shown as string));
      return {
        status: shown && status === "completed" ? "passed" : status,
        score: tracking.score ? score : null,
      };
    },
  });

scormBuilder.add("part", "shell-objectives", create);

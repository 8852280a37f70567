// Is there from the start where the course has modules.

import { createObjectives, type Objectives } from "../lms/objectives.ts";
import type { Session } from "../lms/session.ts";
import type { Outline, Page, Tracking } from "../state/course.ts";
import type { measure } from "../state/progress.ts";
import type { State } from "../state/state.ts";
import type { higher, verdict } from "../state/tracking.ts";

/** What the part shell-objectives brings, which makes the objectives of a visit. */
export type ObjectivesPart = (given: {
  session: Session;
  outline: Outline;
  state: State;
  tracking: Tracking;
  higher: typeof higher;
  verdict: typeof verdict;
  measure: typeof measure;
}) => Objectives | null;

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

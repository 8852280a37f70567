// Is there from the start where the course has modules.

import { createObjectives } from "../lms/objectives.js";

/** `measure` and `verdict` are given: a first view need not hold them twice. */
const create = ({ tracking, measure, verdict, ...given }) =>
  createObjectives({
    ...given,
    judge(pages) {
      const { status, score } = verdict(measure({ pages }, given.state, tracking), tracking);
      return { status, score: tracking.score ? score : null };
    },
  });

scormBuilder.add("part", "shell-objectives", create);

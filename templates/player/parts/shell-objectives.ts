// Is there from the start where the course has modules.

import { createObjectives } from "../lms/objectives.js";

/** @import {ObjectivesPart, Page} from "../types" */

/**
 * `measure` and `verdict` are given: a first view need not hold them twice.
 *
 * @type {ObjectivesPart}
 */
const create = ({ tracking, measure, verdict, ...given }) =>
  createObjectives({
    ...given,
    judge: (/** @type {Page[]} */ pages) => ({
      ...verdict(measure({ pages }, given.state, tracking), tracking),
      ...(!tracking.score && { score: null }),
    }),
  });

scormBuilder.add("part", "shell-objectives", create);

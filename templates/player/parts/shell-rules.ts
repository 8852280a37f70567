// What follows from the whole outline, with which it comes.

import { resumePage } from "../shell/resume-page.js";
import { gateLost, gateOpen, knownKeys, measure, missing, pageShut } from "../state/progress.js";
import { today } from "../state/days.js";
import { shortenings } from "../state/shortening.js";
import { verdict } from "../state/tracking.js";

/** @import {Outline, Rules} from "../types" */

/** @type {Rules} */
const rules = {
  gateLost,
  gateOpen,
  measure,
  missing,
  pageShut,
  resumePage,
  /** @param {Outline} outline */
  shortenings: (outline) => shortenings(() => knownKeys(outline)),
  today,
  verdict,
};

scormBuilder.add("part", "shell-rules", rules);

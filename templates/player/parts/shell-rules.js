// What follows from the whole outline, with which it comes.

import { resumePage } from "../shell/resume-page.js";
import { gateLost, gateOpen, measure, missing, pageShut } from "../state/progress.js";
import { verdict } from "../state/tracking.js";

/** @import {Rules} from "../types" */

/** @type {Rules} */
const rules = { gateLost, gateOpen, measure, missing, pageShut, resumePage, verdict };

scormBuilder.add("part", "shell-rules", rules);

// What the judge of findings.js finds.

import { POLICY } from "./rules/policy.js";
import { SPECIFICATION } from "./rules/specification.js";

/** @import {Rule} from "./types" */

/** @type {Rule[]} */
export const RULES = [...SPECIFICATION, ...POLICY];

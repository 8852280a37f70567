// What the judge of findings.ts finds.

import { POLICY } from "./rules/policy.ts";
import { SPECIFICATION } from "./rules/specification.ts";
import type { JudgedRun, JudgedVisit } from "./findings.ts";
import type { Call } from "./log.ts";

/** One thing that the judge finds. */
export interface Rule {
  code: string;
  /** What forbids it: SCORM 1.2, or what our player promises. */
  kind: "specification" | "policy";
  words: string;
  /** Where it is written. */
  source: string;
  /** Whether a call breaks it. */
  call?(call: Call, visit: JudgedVisit): boolean;
  /** Whether a visit did. */
  visit?(visit: JudgedVisit): boolean;
  /** Whether all of them together did. */
  run?(run: JudgedRun): boolean;
}

export const RULES: Rule[] = [...SPECIFICATION, ...POLICY];

// The rules by which findings.ts checks a log.

import { POLICY } from "./rules/policy.ts";
import { SPECIFICATION } from "./rules/specification.ts";
import type { JudgedRun, JudgedVisit } from "./findings.ts";
import type { Call } from "./log.ts";

/** One rule. */
export interface Rule {
  code: string;
  /** Whether it comes from SCORM 1.2 or from what our player promises. */
  kind: "specification" | "policy";
  words: string;
  /** Where it is defined. */
  source: string;
  /** Whether a call breaks it. */
  call?(call: Call, visit: JudgedVisit): boolean;
  /** Whether a visit has broken it. */
  visit?(visit: JudgedVisit): boolean;
  /** Whether all visits together have broken it. */
  run?(run: JudgedRun): boolean;
}

export const RULES: Rule[] = [...SPECIFICATION, ...POLICY];

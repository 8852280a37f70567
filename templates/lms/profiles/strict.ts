// Strict SCORM 1.2: nothing beyond the specification is taken, and an interaction's response and
// patterns are judged by its type (facts/scorm-1.2.md).

import { createProfile } from "../profile.ts";

export const profile = createProfile({
  name: "Strict SCORM 1.2",
  product: "the specification, facts/scorm-1.2.md",
  special: "No learning system, but the measure: nothing beyond the standard is taken.",
});

// Strict SCORM 1.2: accepts nothing beyond the specification, and checks responses and patterns by
// the type of their interaction (facts/scorm-1.2.md).

import { createProfile } from "../profile.ts";

export const profile = createProfile({
  name: "Strict SCORM 1.2",
  product: "the specification, facts/scorm-1.2.md",
  special: "No learning system, but the measure: nothing beyond the standard is taken.",
});

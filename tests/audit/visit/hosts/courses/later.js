// The wrapper of pipwerks with the elements of SCORM 2004.
import { SCORM } from "pipwerks-scorm-api-wrapper";
import { play } from "./small.js";

SCORM.version = "2004";
SCORM.init();
play({
  state: SCORM.get("cmi.suspend_data"),
  save(state, page) {
    SCORM.set("cmi.suspend_data", state);
    SCORM.set("cmi.location", String(page));
    SCORM.save();
  },
  finish(score) {
    SCORM.set("cmi.score.scaled", String(score / 100));
    SCORM.set("cmi.success_status", score >= 80 ? "passed" : "failed");
    SCORM.set("cmi.completion_status", "completed");
    SCORM.save();
  },
});
addEventListener("pagehide", () => SCORM.quit());

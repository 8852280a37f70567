// The wrapper as it is mostly used: its own handling of status and exit, quit at unload.
import { SCORM } from "pipwerks-scorm-api-wrapper";
import { play } from "./small.js";

SCORM.version = "1.2";
SCORM.init();
play({
  state: SCORM.get("cmi.suspend_data"),
  save(state, page) {
    SCORM.set("cmi.suspend_data", state);
    SCORM.set("cmi.core.lesson_location", String(page));
    SCORM.save();
  },
  finish(score) {
    SCORM.set("cmi.core.score.raw", String(score));
    SCORM.set("cmi.core.lesson_status", score >= 80 ? "passed" : "failed");
    SCORM.save();
  },
});
addEventListener("beforeunload", () => SCORM.quit());
addEventListener("unload", () => SCORM.quit());

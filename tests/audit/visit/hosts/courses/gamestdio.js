// As the README of @gamestdio/scorm has it: initialize, set, commit, terminate.
import { scorm } from "@gamestdio/scorm";
import { play } from "./small.js";

scorm.initialize();
play({
  state: scorm.get("cmi.suspend_data"),
  save(state, page) {
    scorm.set("cmi.suspend_data", state);
    scorm.set("cmi.core.lesson_location", String(page));
    scorm.commit();
  },
  finish(score) {
    scorm.set("cmi.core.score.raw", String(score));
    scorm.set("cmi.core.lesson_status", score >= 80 ? "passed" : "failed");
    scorm.commit();
  },
});
addEventListener("pagehide", () => scorm.terminate());

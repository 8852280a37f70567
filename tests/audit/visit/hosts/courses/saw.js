// As the README of scorm-api-wrapper has it: what fails is thrown.
import saw from "scorm-api-wrapper";
import { play } from "./small.js";

saw.initialize();
play({
  state: saw.getScormValue("cmi.suspend_data"),
  save(state, page) {
    saw.setScormValue("cmi.suspend_data", state);
    saw.setScormValue("cmi.core.lesson_location", String(page));
    saw.commit();
  },
  finish(score) {
    saw.setScormValue("cmi.core.score.raw", String(score));
    saw.setScormValue("cmi.core.lesson_status", score >= 80 ? "passed" : "failed");
    saw.setScormValue("cmi.core.exit", "suspend");
    saw.finish();
  },
});

// The example of the README of pipwerks-scorm-api-wrapper, all at the start.
import { SCORM } from "pipwerks-scorm-api-wrapper";

SCORM.init();
const name = SCORM.get("cmi.core.student_name");
SCORM.set("cmi.core.lesson_status", "completed");
SCORM.save();
SCORM.quit();
document.getElementById("root").innerHTML = "<h1>Welcome</h1><p>Read this.</p>";
document.querySelector("p").append(` ${name}`);

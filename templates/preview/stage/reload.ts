// Opens the course again at the same place, as another visit of the same trainee.

import { closeCourse, courseWindow } from "./course-window.ts";
import { keepPlace, storePlace } from "./place.ts";

/** The launch file. */
const LAUNCH = "index.html";

export async function reloadCourse() {
  const course = courseWindow();
  const visit = JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}");
  visit.attempt = "";
  if (course) {
    const { hash } = course.location;
    if (hash.startsWith("#/")) visit.href = LAUNCH + hash;
    storePlace(keepPlace(course));
    await closeCourse();
  }
  history.replaceState(null, "", `#${encodeURIComponent(JSON.stringify(visit))}`);
  location.reload();
}

// Brings the trainee's work up to date with the course once its outline is complete.

import { noteSaved } from "../keep/earlier-visits.ts";
import { carryOver } from "../state/edits.ts";
import { measure } from "../state/progress.ts";
import { higher, verdict } from "../state/tracking.ts";
import { resumePage } from "../shell/resume-page.ts";
import type { WholeCourse } from "../state/course.ts";
import type { Link } from "./lms-link.ts";
import type { Work } from "./work.ts";

export function completeWork(
  { store, earlier, resuming }: Work,
  { outline, edition, tracking }: WholeCourse,
  { known, launch }: Link,
) {
  const { state } = store;
  for (const page of outline.pages) page.former = outline.former?.[page.key];
  carryOver(state, outline);
  carryOver({ ...state, visited: earlier.seen }, outline);
  state.edition = edition;
  const keepsDate = outline.certificate || outline.pages.some(({ kind }) => kind === "record");
  if (keepsDate) state.finished ??= "";
  if (resuming.open) resuming.page = resumePage(outline.pages, state, launch.location);
  resuming.open = false;
  if (known) noteSaved(store, launch, outline);
  // Saves until now were made without knowing that the work completes the course.
  const { status, score } = verdict(measure(outline, state, tracking), tracking);
  if (higher(state.status, status) !== state.status || (score ?? state.score) !== state.score)
    store.change(() => {});
}

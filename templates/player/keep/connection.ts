// Handles an LMS that is found late, is lost during the visit, or is replaced by another one.

import { addressOfLms } from "../lms/find-api.ts";
import { isSameRecord, type Launch } from "../lms/launch-values.ts";
import { join } from "./earlier-visits.ts";
import { createLostNotice } from "./lost-notice.ts";
import { createReturning } from "./old-copy-notice.ts";
import { watchReturning } from "./page-end.ts";
import { createReconnect } from "./reconnecting.ts";
import type { Recorded } from "../app/recorded-visit.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Welcome } from "../app/welcome.ts";
import type { Copying } from "./copy-answers.ts";

type Others = { welcome: Welcome; copying: Copying; recorded: Recorded };

/** Returns `look()`, which searches for an LMS that was not there at the start. */
export function createConnection(parts: SurroundingsParts, others: Others) {
  const { visit, work, view } = parts;
  const { link } = visit;
  const { copying, recorded } = others;
  // The launch values of the lost LMS, until an LMS with the same record takes its place.
  let previousLaunch: Launch | null = null;
  // The address of the LMS's window.
  let place = link.known ? addressOfLms() : "";
  const returned = createReturning(link.old.mark, view);

  /** An LMS was found after the start, or has replaced a lost one. */
  function connected() {
    if (link.old.launch) return returned(link.old.launch);
    if (previousLaunch && !isSameRecord(previousLaunch, link.launch, work.store.state))
      return endVisit(previousLaunch);
    const late = !previousLaunch;
    previousLaunch = null;
    place = addressOfLms();
    return continueVisit(parts, others, late);
  }

  /** The new LMS has another trainee's record: write nothing of this visit to it. */
  function endVisit(launch: Launch) {
    const { status, notices, say } = view;
    link.session.drop();
    link.launch = launch;
    status.tell("off", "nothing_recorded");
    notices.show("mode", say("visit_closed"), { alert: true, actions: [copying.action] });
  }

  function look() {
    const attempt = createReconnect({ link, view, copying, connected });
    addEventListener("online", () => link.session.idle(attempt));
  }

  createLostNotice({
    visit,
    work,
    view,
    copying,
    kept: recorded.kept,
    moved: () => link.moved && addressOfLms() === place,
    renew() {
      previousLaunch ??= link.launch;
      visit.renew();
      if (link.known) connected();
      else look();
    },
  });
  watchReturning(link, () => returned(link.old.launch ?? link.launch));
  if (link.old.launch) returned(link.old.launch);
  return { look };
}

/** Continues the visit with an LMS that was found `late` or has replaced another. */
function continueVisit(
  { visit, course, work, view }: SurroundingsParts,
  { welcome, recorded }: Others,
  late: boolean,
) {
  const { outline, edition } = course;
  const { store, interactions, resuming } = work;
  const { navigation, status } = view;
  const { launch } = visit.link;
  const { current } = navigation;
  const stayed = late && navigation.atStart;
  const { visits, resume } = join({ store, launch, outline, edition, stayed });
  interactions.begin(launch.interactions, store.state.interactions);
  if (launch.recording) {
    visit.begin();
    recorded.start();
    visit.saving.save();
  } else status.tell("off", "nothing_recorded");
  if (current && current.kind !== "page") navigation.again();
  resuming.page = resume;
  welcome.tell(visits);
  welcome.offer();
}

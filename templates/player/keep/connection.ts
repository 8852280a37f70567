// The LMS may come late, be gone, and be replaced by another one.

import { addressOfLms } from "../lms/find-api.ts";
import { isSameRecord, type Launch } from "../lms/launch-values.ts";
import { join } from "./earlier-visits.ts";
import { createLost } from "./lost-notice.ts";
import { createReturning } from "./old-copy-notice.ts";
import { watchReturning } from "./page-end.ts";
import { createReconnect } from "./reconnecting.ts";
import type { Recorded } from "../app/recorded-visit.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Welcome } from "../app/welcome.ts";
import type { Copying } from "./copy-answers.ts";

type Others = { welcome: Welcome; copying: Copying; recorded: Recorded };

/** Gives `look()`, which looks for an LMS that is late. */
export function createConnection(parts: SurroundingsParts, others: Others) {
  const { visit, work, view } = parts;
  const { link } = visit;
  const { copying, recorded } = others;
  // What the LMS said of a visit whose LMS is gone, until another one has the same record.
  let former: Launch | null = null;
  // Where the LMS has its window.
  let place = link.known ? addressOfLms() : "";
  const returned = createReturning(link.old.mark, view);

  /** The LMS is there after the trainee has begun, or another one in place of one that is gone. */
  function connected() {
    if (link.old.launch) return returned(link.old.launch);
    if (former && !isSameRecord(former, link.launch, work.store.state)) return end(former);
    const late = !former;
    former = null;
    place = addressOfLms();
    return goOn(parts, others, late);
  }

  /** Whoever the LMS has there now, nothing of this visit is for them. */
  function end(launch: Launch) {
    const { status, notices, say } = view;
    link.session.drop();
    link.launch = launch;
    status.tell("off", say("nothing_recorded"));
    notices.show("mode", say("visit_closed"), { alert: true, actions: [copying.action] });
  }

  function look() {
    const attempt = createReconnect({ link, view, copying, connected });
    addEventListener("online", () => link.session.idle(attempt));
  }

  createLost({
    visit,
    view,
    copying,
    kept: recorded.kept,
    moved: () => link.moved && addressOfLms() === place,
    renew() {
      former ??= link.launch;
      visit.renew();
      if (link.known) connected();
      else look();
    },
  });
  watchReturning(link, () => returned(link.old.launch ?? link.launch));
  if (link.old.launch) returned(link.old.launch);
  return { look };
}

/** The visit goes on with an LMS that came `late`, or that has taken the place of another. */
function goOn(
  { visit, course, work, view }: SurroundingsParts,
  { welcome, recorded }: Others,
  late: boolean,
) {
  const { outline, edition } = course;
  const { store, interactions, resuming } = work;
  const { navigation, status, say } = view;
  const { launch } = visit.link;
  const { current } = navigation;
  const stayed = late && navigation.atStart;
  const { visits, resume } = join({ store, launch, outline, edition, stayed });
  interactions.begin(launch.interactions, store.state.interactions);
  if (launch.recording) {
    visit.begin();
    recorded.start();
    visit.saving.save();
  } else status.tell("off", say("nothing_recorded"));
  if (current?.needs?.quiz || current?.needs?.record) navigation.again();
  resuming.page = resume;
  welcome.tell(visits);
  welcome.offer();
}

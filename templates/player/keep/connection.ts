// The LMS may come late, be gone, and be replaced by another one.

import { addressOfLms } from "../lms/find-api.js";
import { isSameRecord } from "../lms/launch-values.js";
import { join } from "./earlier-visits.js";
import { createLost } from "./lost-notice.js";
import { createReturning } from "./old-copy-notice.js";
import { watchReturning } from "./page-end.js";
import { createReconnect } from "./reconnecting.js";

/** @import {Copying, Launch, Recorded, SurroundingsParts, Welcome} from "../types" */
/** @typedef {{welcome: Welcome, copying: Copying, recorded: Recorded}} Others */

/**
 * Gives `look()`, which looks for an LMS that is late.
 *
 * @param {SurroundingsParts} parts
 * @param {Others} others
 */
export function createConnection(parts, others) {
  const { visit, work, view } = parts;
  const { link } = visit;
  const { copying, recorded } = others;
  // What the LMS said of a visit whose LMS is gone, until another one has the same record.
  /** @type {Launch | null} */
  let former = null;
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

  /**
   * Whoever the LMS has there now, nothing of this visit is for them.
   *
   * @param {Launch} launch
   */
  function end(launch) {
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

/**
 * The visit goes on with an LMS that came `late`, or that has taken the place of another.
 *
 * @param {SurroundingsParts} parts
 * @param {Others} others
 * @param {boolean} late
 */
function goOn({ visit, course, work, view }, { welcome, recorded }, late) {
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

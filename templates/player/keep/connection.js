// The LMS may come late, be gone, and be replaced by another one.

import { addressOfLms } from "../lms/find-api.js";
import { join } from "./earlier-visits.js";
import { isSameRecord } from "../lms/launch-values.js";
import { watchReturning } from "./page-end.js";
import { askOwnOrigin } from "../lms/reachability.js";
import { createLost } from "./lost-notice.js";
import { createReconnect } from "./reconnecting.js";
import { reopening } from "./reopening.js";
import { createReturning } from "./old-copy-notice.js";

/** @import {Copying, Launch, Recorded, VisitParts, Welcome} from "../types" */

/**
 * Of what mountVisit has, with other parts of it. Gives `look()`, which looks for an LMS that is
 * late.
 *
 * @param {VisitParts} page
 * @param {{welcome: Welcome, copying: Copying, recorded: Recorded}} others
 */
export function createConnection(page, { welcome, copying, recorded }) {
  const {
    course,
    outline,
    store,
    interactions,
    link,
    copy,
    placed,
    status,
    record,
    navigation,
    notices,
    say,
    timer,
    resuming,
    settle,
  } = page;
  // What the LMS said of a visit whose LMS is gone, until another one has the same record.
  /** @type {Launch | null} */
  let former = null;
  // Where the LMS has its window.
  let place = link.known ? addressOfLms() : "";
  const returned = createReturning({ mark: copy.mark, status, notices, say, timer });

  /** The LMS is there after the trainee has begun, or another one in place of one that is gone. */
  function connected() {
    if (copy.launch) return returned(copy.launch);
    const { current } = navigation;
    const { launch } = link;
    if (former && !isSameRecord(former, launch, store.state)) return end();
    const stayed = !former && current === outline.pages[0];
    former = null;
    place = addressOfLms();
    const { visits, resume } = join({ store, launch, outline, edition: course.edition, stayed });
    interactions.begin(launch.interactions, store.state.interactions);
    if (launch.recording) {
      record();
      recorded.start();
      link.saving?.save();
    } else status.tell("off", say("nothing_recorded"));
    if (current?.needs?.quiz || current?.needs?.record) navigation.again();
    resuming.page = resume;
    welcome.tell(visits);
    return welcome.offer();
  }

  /** Whoever the LMS has there now, nothing of this visit is for them. */
  function end() {
    link.session.drop();
    link.launch = /** @type {Launch} */ (former);
    status.tell("off", say("nothing_recorded"));
    notices.show("mode", say("visit_closed"), { alert: true, actions: [copying.action] });
  }

  function look() {
    const { action: copy, prepare } = copying;
    const attempt = createReconnect({
      link,
      placed,
      notices,
      say,
      status,
      timer,
      copy,
      prepare,
      connected,
    });
    addEventListener("online", () => link.session.idle(attempt));
  }

  createLost({
    link,
    status,
    notices,
    say,
    timer,
    copying,
    reopening,
    online: () => navigator.onLine,
    ask: askOwnOrigin,
    kept: recorded.kept,
    leave() {
      settle();
      link.saving?.close();
      // The browser need not ask: the trainee has chosen, and has the answers.
      status.tell("off", say("nothing_recorded"));
    },
    moved: () => link.moved && addressOfLms() === place,
    renew() {
      former ??= link.launch;
      link.renew();
      if (link.known) connected();
      else look();
    },
  });
  watchReturning(link, () => returned(copy.launch ?? link.launch));
  if (copy.launch) returned(copy.launch);
  return { look };
}

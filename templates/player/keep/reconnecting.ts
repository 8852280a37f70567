// Retries an LMS that was missing, refused the visit or could not be read at the start.

import { el } from "../dom/element.ts";
import type { Link } from "../app/lms-link.ts";
import type { View } from "../app/visit.ts";
import type { Action } from "../shell/notices.ts";
import type { Copying } from "./copy-answers.ts";

// Intervals in ms at which to look for an API that the LMS defines late. Looking costs almost
// nothing.
const LOOK_MS = 250;
const FAST_LOOKS = 40;
const SLOW_LOOK_MS = 5000;
// Waits in ms after refusals, which often pass. The last one repeats.
const RETRY_MS = [1000, 3000, 10000, 30000, 60000];

interface Given {
  link: Link;
  view: View;
  copying: Copying;
  connected: () => void;
}

/**
 * Calls `connected()` once the LMS is connected, or its launch values are an old copy. Until then,
 * a notice with Retry is shown if an LMS is expected. The returned function tries immediately.
 */
export function createReconnect({ link, view, copying, connected }: Given) {
  const { notices, say, status, timer } = view;
  let looks = 0;
  let asks = link.session.found ? 1 : 0;
  let latest = 0;
  // A finished visit is not opened again.
  const settled = () => link.known || link.session.state === "finished";

  function attempt() {
    if (settled()) return;
    link.connect();
    if (link.session.found) asks += 1;
    else looks += 1;
    if (settled()) {
      notices.hide("lms");
      connected();
    }
  }

  function missing() {
    if (!link.session.found) return "lms_missing";
    return link.session.state === "running" ? "state_failed" : "lms_refused";
  }

  function showNotice() {
    if (settled()) return;
    const expected = link.placed || link.session.found;
    status.tell("off", expected ? "nothing_recorded" : "no_lms");
    if (!expected) return;
    copying.prepare();
    const body = [
      el("details", {}, el("summary", {}, say("what_is_safe")), el("p", {}, say("go_on"))),
    ];
    const actions = [[say("retry"), retry], copying.action] as Action[];
    notices.show("lms", say(missing()), { body, actions });
  }

  function later() {
    const look = looks < FAST_LOOKS ? LOOK_MS : SLOW_LOOK_MS;
    const wait = link.session.found ? RETRY_MS[Math.min(asks, RETRY_MS.length) - 1] : look;
    if (settled()) return;
    latest += 1;
    const mine = latest;
    timer(() => {
      if (mine !== latest) return;
      attempt();
      if (link.session.found ? asks > 1 : looks >= FAST_LOOKS) showNotice();
      later();
    }, wait);
  }

  function retry() {
    attempt();
    showNotice();
    later();
  }

  later();
  return attempt;
}

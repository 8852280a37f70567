// An LMS that was not there at the start, refused the visit or could not be read is asked again.

import { el } from "../dom/element.ts";
import type { Link } from "../app/lms-link.ts";
import type { View } from "../app/visit.ts";
import type { Action } from "../shell/notices.ts";
import type { Copying } from "./copy-answers.ts";

// An LMS may define its API some time after the course; looking for it costs next to nothing.
const LOOK = 250;
const LOOKS = 40;
const LOOK_ON = 5000;
// A refusal often passes, and who reads on presses nothing: the last wait comes again and again.
const ASK = [1000, 3000, 10000, 30000, 60000];

interface Given {
  link: Link;
  view: View;
  copying: Copying;
  connected: () => void;
}

/**
 * Connects as soon as that is possible, and calls `connected()` then, or once what the LMS has said
 * is an old copy. Meanwhile a notice tells the trainee and has Retry, if there should be an LMS.
 *
 * The function that this gives tries at once.
 */
export function createReconnect({ link, view, copying, connected }: Given) {
  const { notices, say, status, timer } = view;
  let looks = 0;
  let asks = link.session.found ? 1 : 0;
  let latest = 0;
  // A visit that has ended is not opened again.
  const over = () => link.known || link.session.state === "finished";

  function attempt() {
    if (over()) return;
    link.connect();
    if (link.session.found) asks += 1;
    else looks += 1;
    if (over()) {
      notices.hide("lms");
      connected();
    }
  }

  function missing() {
    if (!link.session.found) return "lms_missing";
    return link.session.state === "running" ? "state_failed" : "lms_refused";
  }

  function told() {
    if (over()) return;
    const expected = link.placed || link.session.found;
    status.tell("off", say(expected ? "nothing_recorded" : "no_lms"));
    if (!expected) return;
    copying.prepare();
    const body = [
      el("details", {}, el("summary", {}, say("what_is_safe")), el("p", {}, say("go_on"))),
    ];
    const actions = [[say("retry"), retry], copying.action] as Action[];
    notices.show("lms", say(missing()), { body, actions });
  }

  function later() {
    const look = looks < LOOKS ? LOOK : LOOK_ON;
    const wait = link.session.found ? ASK[Math.min(asks, ASK.length) - 1] : look;
    if (over()) return;
    latest += 1;
    const mine = latest;
    timer(() => {
      if (mine !== latest) return;
      attempt();
      if (link.session.found ? asks > 1 : looks >= LOOKS) told();
      later();
    }, wait);
  }

  function retry() {
    attempt();
    told();
    later();
  }

  later();
  return attempt;
}

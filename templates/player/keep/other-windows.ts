// Connects windows.ts to the visit. The window opened last records, and receives the work of the
// others.

import { doneSince } from "../state/additions.ts";
import { decode, encode } from "../state/codec.ts";
import { emptyState, newAttempt, type State } from "../state/state.ts";
import { reopening } from "./reopening.ts";
import { createWindows } from "./windows.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { View, Visit } from "../app/visit.ts";
import type { Work } from "../app/work.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Action } from "../shell/notices.ts";
import type { Take } from "./joining.ts";

interface Joining {
  /** Hash of trainee and course. */
  owner: string;
  adopt: Take;
  /** Called when recording has ended in this window. */
  away: () => void;
  /** Continues with the attempt of another window. */
  joined: (attempt: string) => void;
}

// Ms after which a request of the other window can no longer overwrite a save of this one, because
// an LMS that rewrites its whole record with each request may read it before that save, and write
// it afterwards (facts/learning-systems.md#open-edx).
const OVERTAKE_MS = 3000;
// Ms in which another window answers that it gives way.
const ANSWER_MS = 300;

/**
 * Takes over recording from open windows, and hands it over to the next one. Returns null if the
 * browser has no BroadcastChannel or denies it.
 */
export function startWindows(
  { shown, visit, course, work, work: { store }, view }: SurroundingsParts,
  joining: Joining,
) {
  const channel = openChannel(`scorm-builder ${shown.course}`);
  if (!channel) return null;
  // The state last sent to the recording window; null while this window records.
  let sentState: State | null = null;
  // Whether the recording window is open and receives what is done here.
  let recorderOpen = false;

  const windows = createWindows({
    post: (message) => channel.postMessage(message),
    me: () => ({ owner: joining.owner, attempt: store.state.attempt, path: location.pathname }),
    id: newAttempt(),
    now: () => Date.now(),
    handOver(slept) {
      view.settle();
      visit.end(slept ? "stop" : "close");
      const current = copied(store.state);
      sentState = current;
      joining.away();
      openElsewhere();
      return encoded(current);
    },
    received: (text, how) => receive(visit, work, joining, decode(text), how),
    left() {
      recorderOpen = false;
      showElsewhere(view, "elsewhere_closed", "nothing_recorded");
    },
    elsewhere() {
      openElsewhere();
      pass();
    },
  });

  function openElsewhere() {
    recorderOpen = true;
    showElsewhere(view, "elsewhere", "elsewhere_status");
  }

  function pass() {
    if (!recorderOpen) return;
    const before = sentState as State;
    const current = copied(store.state);
    sentState = current;
    windows.pass(encoded(doneSince(before, current, course.outline)));
  }

  channel.onmessage = ({ data }) => visit.link.session.idle(() => windows.hear(data));
  addEventListener("pagehide", windows.close);
  store.subscribe(pass);
  windows.open();
  visit.saving.hold(ANSWER_MS);
  return {
    get away() {
      return sentState !== null;
    },
  };
}

/**
 * Merges the state of another window. `handed`: it was sent as that window stopped recording.
 * `slept`: that window was asleep meanwhile, so its state may be the older one, and it has written
 * nothing at its end.
 *
 * The other window has just written: this one waits until that is over, so that the LMS has one
 * writer. What it had written before is written again.
 */
function receive(
  visit: Visit,
  { store, interactions }: Work,
  joining: Joining,
  state: State | null,
  { handed, slept }: { handed: boolean; slept: boolean },
) {
  const { attempt } = store.state;
  if (!state || !belongs(state, attempt, visit.link.launch)) return;
  if (state.attempt !== attempt) joining.joined(state.attempt);
  joining.adopt(state, { newer: !slept });
  if (!handed) return;
  // While answers are late, the count is not that of the LMS.
  interactions.follow(state.late.size ? 0 : state.interactions);
  if (!slept) visit.saving.hold(OVERTAKE_MS);
  visit.saving.again();
}

/** Tells the trainee that this window no longer records; only a new launch can start a visit. */
function showElsewhere(
  { status, notices, say }: View,
  words: "elsewhere" | "elsewhere_closed",
  recorded: string,
) {
  const reopen = reopening();
  const actions: Action[] = reopen ? [[say("go_on_here"), reopen]] : [];
  status.tell("off", recorded);
  notices.show("elsewhere", say(reopen || words === "elsewhere" ? words : "visit_closed"), {
    alert: true,
    actions,
  });
}

/**
 * Whether a state belongs to this attempt. Two windows that opened before either saved have each
 * started an attempt. A finished attempt is followed by a new one, so it does not belong here.
 */
const belongs = (state: State, attempt: string, launch: Launch) =>
  state.attempt === attempt || (launch.id && !launch.state && state.status === "incomplete");

/** A BroadcastChannel; null if the browser has none or denies it. */
function openChannel(name: string) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

/** A copy of the state, by way of its encoded form. */
const copied = (state: State) => decode(encoded(state)) ?? emptyState(state.attempt);

function encoded(state: State) {
  try {
    return encode(state);
  } catch {
    return "";
  }
}

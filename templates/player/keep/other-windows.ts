// Connects windows.ts to the visit. The window opened last records, and receives the work of the
// others.

import { doneSince } from "../state/additions.ts";
import { decode, encode } from "../state/codec.ts";
import { emptyState, newAttempt, type State } from "../state/state.ts";
import { reopening } from "./reopening.ts";
import { createWindows } from "./windows.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { View, Visit } from "../app/visit.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Action } from "../shell/notices.ts";
import type { Store } from "../state/store.ts";
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

// Time in ms after which a request of the other window can no longer overwrite a save of this one.
const OVERTAKE_MS = 3000;

/**
 * Takes over recording from open windows, and hands it over to the next one. Returns null if the
 * browser has no BroadcastChannel or denies it.
 */
export function startWindows(
  { shown, visit, course, work: { store }, view }: SurroundingsParts,
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
    received: (text, how) => receive({ visit, store, view }, joining, decode(text), how),
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
  return {
    get away() {
      return sentState !== null;
    },
  };
}

/**
 * Merges the state of another window. `handed`: it was sent as that window stopped recording.
 * `slept`: that window was asleep meanwhile, so its state may be the older one.
 */
function receive(
  { visit, store, view }: { visit: Visit; store: Store; view: View },
  joining: Joining,
  state: State | null,
  { handed, slept }: { handed: boolean; slept: boolean },
) {
  const { attempt } = store.state;
  if (!state || !belongs(state, attempt, visit.link.launch)) return;
  if (state.attempt !== attempt) joining.joined(state.attempt);
  joining.adopt(state, { newer: !slept });
  if (!handed) return;
  const again = () => store.change(() => {});
  again();
  view.timer(again, OVERTAKE_MS);
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

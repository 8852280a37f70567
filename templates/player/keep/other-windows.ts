// The course in another window of this browser: the one opened last records, and gets what was done
// in the others.

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
  /** Whose visit this is. */
  owner: string;
  adopt: Take;
  /** Hears that recording has ended here. */
  away: () => void;
  /** Goes on with the attempt of another window. */
  joined: (attempt: string) => void;
}

// What a window that gives way has sent may reach the LMS after what this one sends.
const OVERTAKEN = 3000;

/**
 * Takes over from the windows that are open, and gives way to the next one. Gives whether this one
 * is `away`; null where the browser has or allows no channel to others.
 */
export function startWindows(
  { shown, visit, work: { store }, view }: SurroundingsParts,
  joining: Joining,
) {
  const channel = openChannel(`scorm-builder ${shown.course}`);
  if (!channel) return null;
  // What the window that has taken over has of this one; null as long as this one records.
  let passed: State | null = null;
  // Whether there is a window that hears what is done here.
  let heard = false;

  const windows = createWindows({
    post: (message) => channel.postMessage(message),
    me: () => ({ owner: joining.owner, attempt: store.state.attempt, path: location.pathname }),
    id: newAttempt(),
    now: () => Date.now(),
    giveWay(slept) {
      view.settle();
      visit.end(slept ? "stop" : "close");
      const current = copied(store.state);
      passed = current;
      joining.away();
      openElsewhere();
      return written(current);
    },
    received: (text, how) => receive({ visit, store, view }, joining, decode(text), how),
    left() {
      heard = false;
      tell(view, "elsewhere_closed", "nothing_recorded");
    },
    elsewhere() {
      openElsewhere();
      pass();
    },
  });

  function openElsewhere() {
    heard = true;
    tell(view, "elsewhere", "elsewhere_status");
  }

  function pass() {
    if (!heard) return;
    const before = passed as State;
    const current = copied(store.state);
    passed = current;
    windows.pass(written(doneSince(before, current)));
  }

  channel.onmessage = ({ data }) => visit.link.session.idle(() => windows.hear(data));
  addEventListener("pagehide", windows.close);
  store.subscribe(pass);
  windows.open();
  return {
    get away() {
      return passed !== null;
    },
  };
}

/**
 * The state of another window, which has `handed` it over as it gave way, having `slept` or not.
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
  view.timer(again, OVERTAKEN);
}

/** The visit here is over, and only the LMS can begin another one. */
function tell(
  { status, notices, say }: View,
  words: "elsewhere" | "elsewhere_closed",
  recorded: string,
) {
  const reopen = reopening();
  const actions: Action[] = reopen ? [[say("go_on_here"), reopen]] : [];
  status.tell("off", say(recorded));
  notices.show("elsewhere", say(reopen || words === "elsewhere" ? words : "visit_closed"), {
    alert: true,
    actions,
  });
}

/**
 * Whether a state is of a visit with this attempt. Two windows opened before either had saved have
 * each begun an attempt. A finished one was followed by a new one.
 */
const belongs = (state: State, attempt: string, launch: Launch) =>
  state.attempt === attempt || (launch.id && !launch.state && state.status === "incomplete");

/** A channel to other windows, null where the browser has or allows none. */
function openChannel(name: string) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

/** A state by itself, as far as there is room for it. */
const copied = (state: State) => decode(written(state)) ?? emptyState(state.attempt);

function written(state: State) {
  try {
    return encode(state);
  } catch {
    return "";
  }
}

// The course in another window of this browser: the one opened last records, and gets what was done
// in the others.

import { doneSince } from "../state/additions.js";
import { decode, encode } from "../state/codec.js";
import { emptyState, newAttempt } from "../state/state.js";
import { reopening } from "./reopening.js";
import { createWindows } from "./windows.js";

/** @import {Action, Launch, State, Store, SurroundingsParts, Take, View, Visit} from "../types" */
/**
 * @typedef {object} Joining
 * @property {string} owner Whose visit this is.
 * @property {Take} adopt
 * @property {() => void} away Hears that recording has ended here.
 * @property {(attempt: string) => void} joined Goes on with the attempt of another window.
 */

// What a window that gives way has sent may reach the LMS after what this one sends.
const OVERTAKEN = 3000;

/**
 * Takes over from the windows that are open, and gives way to the next one. Gives whether this one
 * is `away`; null where the browser has or allows no channel to others.
 *
 * @param {SurroundingsParts} parts
 * @param {Joining} joining
 */
export function startWindows({ shown, visit, work: { store }, view }, joining) {
  const channel = openChannel(`scorm-builder ${shown.course}`);
  if (!channel) return null;
  // What the window that has taken over has of this one; null as long as this one records.
  /** @type {State | null} */
  let passed = null;
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
    const before = /** @type {State} */ (passed);
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
 *
 * @param {{visit: Visit, store: Store, view: View}} parts
 * @param {Joining} joining
 * @param {State | null} state
 * @param {{handed: boolean, slept: boolean}} how
 */
function receive({ visit, store, view }, joining, state, { handed, slept }) {
  const { attempt } = store.state;
  if (!state || !belongs(state, attempt, visit.link.launch)) return;
  if (state.attempt !== attempt) joining.joined(state.attempt);
  joining.adopt(state, { newer: !slept });
  if (!handed) return;
  const again = () => store.change(() => {});
  again();
  view.timer(again, OVERTAKEN);
}

/**
 * The visit here is over, and only the LMS can begin another one.
 *
 * @param {View} view
 * @param {"elsewhere" | "elsewhere_closed"} words
 * @param {string} recorded
 */
function tell({ status, notices, say }, words, recorded) {
  const reopen = reopening();
  /** @type {Action[]} */
  const actions = reopen ? [[say("go_on_here"), reopen]] : [];
  status.tell("off", say(recorded));
  notices.show("elsewhere", say(reopen || words === "elsewhere" ? words : "visit_closed"), {
    alert: true,
    actions,
  });
}

/**
 * Whether a state is of a visit with this attempt. Two windows opened before either had saved have
 * each begun an attempt. A finished one was followed by a new one.
 *
 * @param {State} state
 * @param {string} attempt
 * @param {Launch} launch
 */
const belongs = (state, attempt, launch) =>
  state.attempt === attempt || (launch.id && !launch.state && state.status === "incomplete");

/**
 * A channel to other windows, null where the browser has or allows none.
 *
 * @param {string} name
 */
function openChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

/**
 * A state by itself, as far as there is room for it.
 *
 * @param {State} state
 */
const copied = (state) => decode(written(state)) ?? emptyState(state.attempt);

/** @param {State} state */
function written(state) {
  try {
    return encode(state);
  } catch {
    return "";
  }
}

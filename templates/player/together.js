// One trainee, one state: what this browser kept for the LMS, and what was done in another window,
// comes together here.

import { addTo, doneSince } from "./adding.js";
import { carryOver } from "./edits.js";
import { createStorage } from "./journal-storage.js";
import { createJournal, withoutWords } from "./journal.js";
import { knownKeys } from "./progress.js";
import { reopening } from "./reopening.js";
import { sha256 } from "./sha256.js";
import { decode, emptyState, encode, isoDate, newAttempt } from "./state.js";
import { createWindows } from "./windows.js";

// What a window that gives way has sent may reach the LMS after what this one sends.
const OVERTAKEN = 3000;

/**
 * For a visit that is recorded, once it is: `course` is the id of the course, `typed` the keys of
 * questions that are answered in words. `moved(bookmark, added)` hears when the state has more
 * than before: where the trainee was, and what addTo of adding.js says of it. `away()` hears that
 * recording has ended here. The rest is as in visit.js. Gives `kept()`, whether this browser has
 * all that was done, and `keep()`, which sees to it and gives a promise of that.
 */
export function joinTogether({
  course, typed, tracking, outline, store, link, status, notices, say, timer, settle, moved, away,
}) {
  const { launch } = link;
  const owner = sha256(`${course} ${launch.id}`);
  const now = () => Date.now();
  let forget = () => {};
  let keep = async () => false;
  let kept = false;
  // What the journal has of other attempts, while the trainee is asked about it.
  let others = [];
  // What the window that has taken over has of this one; null as long as this one records.
  let given = null;

  /** Takes over what is new in a state; gives what addTo does. */
  function take(found, isNewer) {
    carryOver(found, outline);
    const added = addTo(store.state, found, outline, isNewer ? found : store.state);
    if (!added.news.size) return added;
    store.change((state) => Object.assign(state, added.state));
    moved(found.bookmark, added);
    return added;
  }

  async function startJournal() {
    const known = knownKeys(outline);
    const tracked = (state) =>
      tracking.pages === "all" ? state : { ...state, visited: new Set(), checks: new Map() };
    const journal = createJournal({
      storage: createStorage(() => indexedDB), owner, now,
      kept: (state) => withoutWords(tracked(state), known, typed),
    });
    const found = await journal.read();
    forget = journal.remove;
    const told = decode(launch.state);
    for (const { at, state, saved } of found) {
      if (state.attempt === store.state.attempt) {
        if (!add([state], state.saves >= (told?.saves ?? 0))) journal.remove(state.attempt);
      } else if (saved && (told || state.status === "failed")) {
        // The LMS had it, and has gone on to another attempt.
        journal.remove(state.attempt);
      } else {
        others.push({ at, state });
        // Without an answer it is asked again.
        journal.keep(state, false, at);
      }
    }
    if (others.length) ask();
    keep = async (saved) => {
      // What is kept of the attempt is for the window to write that has taken over.
      if (given) return false;
      const { version } = store;
      const there = await journal.keep(store.state, saved);
      kept = there && version === store.version;
      return kept;
    };
    store.subscribe((soon) => {
      kept = false;
      if (soon) keep(false);
    });
    // Kept all the same: an LMS may say so and lose it, as some do once a login has expired.
    status.listen((outcome) => {
      if (outcome === "saved") keep(true);
    });
    // What was done before this was there, too.
    status.whileFailing(() => keep(false), () => {});
  }

  /** Takes over states of the journal and says so; whether there was any news. */
  function add(states, isNewer) {
    const added = states.map((state) => take(state, isNewer)).filter(({ news }) => news.size);
    if (!added.length) return false;
    const words = ["journal_added", ...(added.some(({ unsaid }) => unsaid) ? ["journal_words"] : [])];
    notices.show("journal", words.map((key) => say(key)).join(" "));
    return true;
  }

  // The LMS has another attempt, or none: only the trainee can tell whether these belong there.
  function ask() {
    const day = new Date(others[0].at);
    const words = say("journal_ask", { day: say.day(isoDate(day.getFullYear(), day.getMonth() + 1, day.getDate())) });
    notices.show("journal", words, {
      actions: [
        [say("journal_add"), () => {
          // What the other attempt's LMS was told, this one's was not.
          const states = others.map(({ state }) => ({ ...state, reported: false }));
          for (const { attempt } of states) settled(attempt);
          add(states, false);
        }],
        [say("journal_leave"), () => others.forEach(({ state }) => settled(state.attempt))],
      ],
    });
  }

  /** Nothing is left to ask about an attempt. */
  function settled(attempt) {
    const before = others.length;
    others = others.filter(({ state }) => state.attempt !== attempt);
    forget(attempt);
    if (before && !others.length) notices.hide("journal");
  }

  function startWindows(channel) {
    let heard = false;
    const windows = createWindows({
      post: (message) => channel.postMessage(message),
      me: () => ({ owner, attempt: store.state.attempt, path: location.pathname }),
      id: newAttempt(),
      now,
      giveWay(slept) {
        settle();
        if (slept) link.saving?.stop();
        else link.saving?.close();
        link.saving = null;
        given = copied(store.state);
        away();
        openElsewhere();
        return written(given);
      },
      received,
      left() {
        heard = false;
        tell("elsewhere_closed", "nothing_recorded");
      },
      elsewhere() {
        openElsewhere();
        pass();
      },
    });

    function openElsewhere() {
      heard = true;
      tell("elsewhere", "elsewhere_status");
    }

    function pass() {
      if (!heard) return;
      const before = given;
      given = copied(store.state);
      windows.pass(written(doneSince(before, given)));
    }

    channel.onmessage = ({ data }) => windows.hear(data);
    addEventListener("pagehide", windows.close);
    store.subscribe(pass);
    windows.open();
  }

  /** The visit here is over, and only the LMS can begin another one. */
  function tell(words, recorded) {
    const reopen = reopening();
    const actions = reopen ? [[say("go_on_here"), reopen]] : [];
    status.tell("off", say(recorded));
    notices.show("elsewhere", say(reopen || words === "elsewhere" ? words : "visit_closed"), { alert: true, actions });
  }

  function received(text, { handed, slept }) {
    const found = decode(text);
    if (!found || !belongs(found)) return;
    const { attempt } = store.state;
    if (found.attempt !== attempt) {
      store.change((state) => (state.attempt = found.attempt));
      forget(attempt);
      settled(found.attempt);
    }
    take(found, !slept);
    if (!handed) return;
    const again = () => store.change(() => {});
    again();
    timer(again, OVERTAKEN);
  }

  // Two windows opened before either had saved have each begun an attempt. A finished one was
  // followed by a new one.
  const belongs = ({ attempt, status }) =>
    attempt === store.state.attempt || (launch.id && !launch.state && status === "incomplete");

  const channel = openChannel(`scorm-builder ${course}`);
  if (channel) startWindows(channel);
  if (tracking.journal && launch.id && launch.credit && location.protocol !== "file:") {
    startJournal().catch((error) => console.error("scorm-builder, journal:", error));
  }
  return { keep: () => keep(false), kept: () => kept };
}

/** A channel to other windows, null where the browser has or allows none. */
function openChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

/** A state by itself, as far as there is room for it. */
const copied = (state) => decode(written(state)) ?? emptyState(state.attempt);

function written(state) {
  try {
    return encode(state);
  } catch {
    return "";
  }
}

// What this browser kept of earlier visits joins this one as far as it belongs there, and what is
// done in this one is kept.

import { decode } from "../state/codec.ts";
import { createAsking, tellAdded } from "./asking.ts";
import { fateOf, partOf, type Fate } from "./belonging.ts";
import { placeOf } from "./place.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { View } from "../app/visit.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { Take } from "./joining.ts";
import type { Journal, KeptAttempt } from "./journal.ts";

interface KeepingParts {
  journal: Journal;
  adopt: Take;
  /** Whether that would add anything. */
  lacks: (state: State) => boolean;
  /** Whether this window is the one that records. */
  recording: () => boolean;
}
interface SiftingParts {
  journal: Journal;
  launch: Launch;
  store: Store;
  view: View;
  adopt: Take;
  asking: ReturnType<typeof createAsking>;
}

export function createKeeping(
  { visit, work: { store }, view }: Pick<SurroundingsParts, "visit" | "work" | "view">,
  parts: KeepingParts,
) {
  const { journal, adopt, recording } = parts;
  const { launch } = visit.link;
  const { status } = view;
  const told = decode(launch.state);
  const asking = createAsking(store, view, parts);
  let kept = false;
  let said: Outcome | "" = "";
  let leaving = false;

  async function keep(saved: boolean) {
    // What is kept of the attempt is for the window to write that has taken over.
    if (!recording()) return false;
    const { version, state } = store;
    const there = await journal.keep(state, saved, seenIn(told, state.attempt));
    kept = there && version === store.version;
    return kept;
  }

  // A trainee who leaves in a hurry wants nothing to be left (quick-exit.ts).
  function leaveNothing() {
    leaving = true;
    if (said === "saved" && recording()) journal.remove(store.state.attempt);
  }

  async function start() {
    sift(await journal.read(), { journal, launch, store, view, adopt, asking });
    store.subscribe((soon) => {
      kept = false;
      if (soon) keep(false);
    });
    status.listen((outcome) => {
      said = outcome;
      if (outcome !== "saved") return;
      // Kept all the same: an LMS may say so and lose it, as some do once a login has expired.
      if (leaving) leaveNothing();
      else keep(true);
    });
    // What was done before this was there, too.
    status.whileFailing(
      () => keep(false),
      () => {},
    );
    document.addEventListener("player:leaving", leaveNothing);
  }

  return {
    start,
    /** Keep the state as it is; a promise of whether it is there. */
    keep: () => keep(false),
    /** Whether this browser has all that was done. */
    kept: () => kept,
    joined: asking.joined,
  };
}

/**
 * The counter of saves that the LMS had of an attempt at the start, 0 for none; `told` is the state
 * that it had.
 */
const seenIn = (told: State | null, attempt: string) =>
  told?.attempt === attempt ? Math.max(told.saves, 1) : 0;

/** Does with each of the `kept` attempts what belonging.ts says. */
function sift(kept: KeptAttempt[], { journal, launch, store, view, adopt, asking }: SiftingParts) {
  const told = decode(launch.state);
  const place = placeOf(location);
  const { attempt } = store.state;
  const unreadable = Boolean(launch.state) && !told;
  const others = kept.filter(({ state }) => state.attempt !== attempt);
  const gone = !launch.state && others.some((entry) => entry.confirmed && entry.place === place);
  const visit = { attempt, place, told, unreadable, gone };
  const own = kept.filter((entry) => !others.includes(entry));

  const fates: Record<Fate, (entry: KeptAttempt) => unknown> = {
    same({ state }) {
      const added = adopt(state, { newer: state.saves >= (told?.saves ?? 0) });
      if (!added.news.size) return journal.remove(state.attempt);
      journal.confirm(state.attempt, seenIn(told, state.attempt));
      return tellAdded(view, "journal_added", [added]);
    },
    elsewhere() {},
    over: ({ state }) => journal.remove(state.attempt),
    whole: ({ at, state }) =>
      asking.offer({ at, state: { ...state, reported: false }, whole: true }),
    part({ at, state }) {
      const less = state.quizzes.size + state.records.size > 0;
      return asking.offer({ at, state: partOf(state), whole: false, less });
    },
  };
  for (const entry of [...own, ...others]) fates[fateOf(entry, visit)](entry);
  asking.ask();
}

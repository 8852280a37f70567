// Reads the journal of earlier visits at the start, and writes it during the visit.

import { doneSince } from "../state/additions.ts";
import { decode } from "../state/codec.ts";
import { carryOver } from "../state/edits.ts";
import { merge } from "../state/merge.ts";
import { emptyState, type State } from "../state/state.ts";
import { createAsking, tellAdded } from "./asking.ts";
import { fateOf, partOf, type Fate } from "./belonging.ts";
import { placeOf } from "./place.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { View } from "../app/visit.ts";
import type { Launch } from "../lms/launch-values.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { Outline } from "../state/course.ts";
import type { Store } from "../state/store.ts";
import type { Take } from "./joining.ts";
import type { Journal, KeptAttempt } from "./journal.ts";

type Surroundings = Pick<SurroundingsParts, "visit" | "course" | "work" | "view">;

interface KeepingParts {
  journal: Journal;
  adopt: Take;
  /** Whether the state has anything that the visit's state lacks. */
  lacks: (state: State) => boolean;
  /** Whether this window is the one that records. */
  recording: () => boolean;
}
interface HandlingParts {
  journal: Journal;
  launch: Launch;
  store: Store;
  outline: Outline;
  view: View;
  adopt: Take;
  asking: ReturnType<typeof createAsking>;
}

export function createKeeping(
  { visit, course, work: { store }, view }: Surroundings,
  parts: KeepingParts,
) {
  const { journal, adopt, recording } = parts;
  const { launch } = visit.link;
  const { status } = view;
  const lmsState = decode(launch.state);
  const asking = createAsking(store, view, parts);
  let kept = false;
  let lastOutcome: Outcome | "" = "";
  let leaving = false;

  async function keep(saved: boolean) {
    // Another window has taken over, and writes the entry of this attempt.
    if (!recording()) return false;
    const { version, state } = store;
    const stored = await journal.keep(state, saved, seenIn(lmsState, state.attempt));
    kept = stored && version === store.version;
    return kept;
  }

  // Quick exit (quick-exit.ts): leave no trace in the browser that the LMS already has.
  function leaveNothing() {
    leaving = true;
    if (lastOutcome === "saved" && recording()) journal.remove(store.state.attempt);
  }

  async function start() {
    const { outline } = course;
    handleKept(await journal.read(), { journal, launch, store, outline, view, adopt, asking });
    store.subscribe((soon) => {
      kept = false;
      if (soon) keep(false);
    });
    status.listen((outcome) => {
      lastOutcome = outcome;
      if (outcome !== "saved") return;
      // Kept although saved: some LMSs confirm a save and lose it, for example after the login has
      // expired.
      if (leaving) leaveNothing();
      else keep(true);
    });
    // Work done before this listener existed.
    status.whileFailing(
      () => keep(false),
      () => {},
    );
    document.addEventListener("player:leaving", leaveNothing);
  }

  return {
    start,
    /** Stores the current state; resolves to whether it was stored. */
    keep: () => keep(false),
    /** Whether the journal has everything that was done. */
    kept: () => kept,
    joined: asking.joined,
  };
}

/** The save counter that the LMS had for this attempt at launch; 0 for none. */
const seenIn = (lmsState: State | null, attempt: string) =>
  lmsState?.attempt === attempt ? Math.max(lmsState.saves, 1) : 0;

/** Merges, removes or offers each kept attempt, as fateOf() decides. */
function handleKept(
  kept: KeptAttempt[],
  { journal, launch, store, outline, view, adopt, asking }: HandlingParts,
) {
  const lmsState = decode(launch.state);
  if (lmsState) carryOver(lmsState, outline);
  const place = placeOf(location);
  const { attempt } = store.state;
  // This visit's work is newer than the journal, even if it was done before the LMS could be read.
  const done = () => doneSince(lmsState ?? emptyState(attempt), store.state, outline);
  const unreadable = Boolean(launch.state) && !lmsState;
  const others = kept.filter(({ state }) => state.attempt !== attempt);
  const gone = !launch.state && others.some((entry) => entry.confirmed && entry.place === place);
  const visit = { attempt, place, lmsState, unreadable, gone };
  const own = kept.filter((entry) => !others.includes(entry));

  const fates: Record<Fate, (entry: KeptAttempt) => unknown> = {
    same({ state }) {
      const newer = state.saves >= (lmsState?.saves ?? 0);
      carryOver(state, outline);
      const { bookmark } = state;
      const merged = newer ? { ...merge(state, done(), outline), bookmark } : state;
      const added = adopt(merged, { newer });
      if (!added.news.size) return journal.remove(state.attempt);
      journal.confirm(state.attempt, seenIn(lmsState, state.attempt));
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

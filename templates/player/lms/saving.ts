// Connects store, queue and outcomes: batch.ts decides what is written, queue.ts when, and
// settle.ts what follows.

import { STATUS } from "./elements.ts";
import { createFacts } from "./facts.ts";
import { createOutcomes, type Outcome } from "./outcomes.ts";
import { VALUE_INTERVAL_MS, MAX_STATUS_TRIES, type Clock, type Timer } from "./pace.ts";
import { plan } from "./batch.ts";
import { createQueue, type Queue } from "./queue.ts";
import type { Outline, Tracking } from "../state/course.ts";
import type { Shortening } from "../state/shortening.ts";
import type { State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { Judgement } from "../state/tracking.ts";
import type { Interactions } from "./interactions.ts";
import type { Launch } from "./launch-values.ts";
import type { Objectives } from "./objectives.ts";
import type { Line } from "./reachability.ts";
import type { Session } from "./session.ts";
import type { Confirmed } from "./status-and-score.ts";

/** What this tab remembers of its visits (keep/visit-mark.ts). */
export interface VisitMark {
  /** The state is being sent to the LMS. */
  sent(state: State): void;
  /** `confirmed` is the save counter of the state. */
  keep(change: { confirmed?: number; reloaded?: boolean }): void;
}

/** Saves a visit that is recorded. */
export interface Saving {
  /** What the LMS holds. */
  reported: Confirmed;
  /** Requests a save. */
  save(): void;
  /** Starts no save for so many ms, unless the page is hidden or left. */
  hold(ms: number): void;
  /** Another window wrote at the same time: writes everything of this visit again. */
  again(): void;
  /** Saves now, because the page is being hidden. Returns what LMSCommit returned. */
  flush(): boolean | null | undefined;
  /**
   * Saves now and resolves to "saved", "unconfirmed" or "failed" within EXIT_TIMEOUT_MS:
   * "unconfirmed" if its fate is not known by then, "failed" if saving keeps failing or nothing is
   * written any more.
   */
  confirmed(): Promise<Outcome>;
  /** Whether the LMS has kept only a part of the state that was saved last. */
  cut(): boolean;
  /** Whether the LMS has confirmed the current result. */
  settled(): boolean;
  /** Stops writing: another window has taken over, or the LMS is gone. */
  stop(): void;
  /** Saves and closes the visit. Returns what LMSCommit returned. */
  close(): boolean | null | undefined;
}

/** What a visit is saved with. */
export interface SavedVisit {
  store: Store;
  /** A running session. */
  session: Session;
  launch: Launch;
  outline: Outline;
  tracking: Tracking;
  interactions: Interactions;
  /** Null while they are unknown, and if the course has none. */
  readonly objectives?: Objectives | null;
  /** Status and score of the trainee's work; null until the outline is complete. */
  judge(): Judgement | null;
  /** The decisions in scenarios; undefined until the outline is complete. */
  decided?(): State["checks"] | undefined;
  /** Copies work to former keys (edits.ts). */
  carryBack?(): void;
  /** Ways to shorten a state that is too long; none until the outline is complete. */
  shortenings(): Shortening[];
  /** The bookmark as lesson_location. */
  location(): string;
  line: Line;
  mark?: VisitMark;
  /** Resolves when the first batch may be sent, which then has the version of the course, too. */
  ready?(): Promise<unknown>;
  /** Called each time the outcome changes. */
  report(outcome: Outcome): void;
  /** Whether the page is hidden. */
  hidden?(): boolean;
  timer: Timer;
  clock: Clock;
}

/**
 * Whether the LMS has a status from the start. If none is set, an LMS sets "completed" at the end.
 */
const hasStatus = ({ status, credit }: Launch) => (status ? status !== "not attempted" : !credit);

/** Returns `act`, whose first calls wait together until `ready()` has resolved. */
function waitFirst(ready: SavedVisit["ready"], act: () => void) {
  let waiting = false;
  return () => {
    if (!ready) act();
    if (!ready || waiting) return;
    waiting = true;
    ready().then(() => {
      ready = undefined;
      act();
    });
  };
}

/** When the page is unloaded, no value is written lower on purpose. */
export function createSaving(visit: SavedVisit): Saving {
  const { store, session, mark } = visit;
  const pace = session.canFinish ? 0 : VALUE_INTERVAL_MS;
  const facts = createFacts(visit);
  const outcomes = createOutcomes(visit, facts);
  const queue: Queue = createQueue({
    ...visit,
    plan(leaving, last) {
      const look = facts.look(leaving, last, outcomes.trouble());
      const batch = plan(store.state, look, visit.shortenings());
      store.note((state) => Object.assign(state, batch.noted));
      if (!batch.full) mark?.sent(store.state);
      return batch;
    },
    done: (delivery) => outcomes.done(delivery, queue),
    ledger: facts.ledger,
    patient: () => outcomes.trouble().tries < MAX_STATUS_TRIES,
    pace,
  });

  const request = waitFirst(visit.ready, () => queue.request());
  store.subscribe((soon) => {
    if (queue.closing()) return;
    outcomes.telling.changed();
    if (soon) request();
  });

  return {
    ...{ reported: facts.reported, settled: facts.settled, cut: outcomes.cut, hold: queue.hold },
    save: () => queue.request(),
    again: () => store.change(facts.ledger.again),
    flush() {
      const ok = queue.flush();
      // A state written in a burst with other values may have been overtaken by them.
      if (pace) facts.again();
      return ok;
    },
    async confirmed() {
      if (queue.closing()) return "failed";
      return outcomes.telling.after(() => {
        // An empty change, so that an earlier outcome does not count.
        store.change(() => {}, pace > 0);
        // Not during the click, where ILIAS cannot confirm a save (facts/learning-systems.md).
        if (!pace) visit.timer(() => queue.flush(), 0);
      });
    },
    stop() {
      queue.close();
      outcomes.telling.end();
    },
    close() {
      if (queue.closing()) return true;
      const ok = queue.flush(true);
      this.stop();
      if (hasStatus(visit.launch) || facts.ledger.taken.has(STATUS)) session.finish();
      else session.drop();
      return ok;
    },
  };
}

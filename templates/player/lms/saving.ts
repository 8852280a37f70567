// From the state to the LMS: batch.ts says what is written, queue.ts when, settle.ts what follows.

import { STATUS } from "./elements.ts";
import { createFacts } from "./facts.ts";
import { createOutcomes, type Outcome } from "./outcomes.ts";
import { BETWEEN_VALUES, WAITS, type Clock, type Timer } from "./pace.ts";
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

/** What this tab remembers of its visits. */
export interface VisitMark {
  /** The state is on its way to the LMS. */
  sent(state: State): void;
  /** `confirmed` is the state's counter of saves. */
  keep(change: { confirmed?: number; reloaded?: boolean }): void;
}

/** What saves a visit that is recorded. */
export interface Saving {
  /** What the LMS holds. */
  reported: Confirmed;
  /** Save at the next chance. */
  save(): void;
  /** Save now, because the page is hidden or going away. Whether the LMS says it has stored. */
  flush(): boolean | null | undefined;
  /**
   * Save now and wait, for some seconds at most, for the LMS to have it all: "saved", "unconfirmed"
   * or "failed", which it also is where nothing is written any more. What is not known by then is
   * not confirmed.
   */
  confirmed(): Promise<Outcome>;
  /** Write nothing more: another window has gone on with the visit, or its LMS is gone. */
  stop(): void;
  /** Save and close the visit for good. Whether the LMS says it has stored. */
  close(): boolean | null | undefined;
}

/** What a visit is saved with. */
export interface SavedVisit {
  store: Store;
  /** A running one. */
  session: Session;
  launch: Launch;
  outline: Outline;
  tracking: Tracking;
  interactions: Interactions;
  objectives?: Objectives | null;
  /** What the trainee's work comes to; null before all pages are known. */
  judge(): Judgement | null;
  /** What a state that is too long can do without; nothing before all pages are known. */
  shortenings(): Shortening[];
  /** Of the bookmark. */
  location(): string;
  line: Line;
  mark?: VisitMark;
  /** Hears what save-status.ts shows, each time that it is another. */
  report(outcome: Outcome): void;
  timer: Timer;
  clock: Clock;
}

/**
 * Whether the LMS has a status from the start. Where it was told none, it makes one at the end:
 * completed.
 */
const isNamed = ({ status, credit }: Launch) => (status ? status !== "not attempted" : !credit);

/**
 * Saves the state of a visit that is recorded. When the page goes away, only the true values are
 * written.
 */
export function createSaving(visit: SavedVisit): Saving {
  const { store, session, mark } = visit;
  const pace = session.canFinish ? 0 : BETWEEN_VALUES;
  const facts = createFacts(visit);
  const outcomes = createOutcomes(visit, facts);
  const { telling } = outcomes;
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
    patient: () => outcomes.trouble().tries < WAITS,
    pace,
  });

  store.subscribe((soon) => {
    if (queue.closing()) return;
    telling.changed();
    if (soon) queue.request();
  });

  return {
    reported: facts.reported,
    save: () => queue.request(),
    flush() {
      const ok = queue.flush();
      // A state that was written in a burst with something else may have been overtaken by it.
      if (pace) facts.again();
      return ok;
    },
    async confirmed() {
      if (queue.closing()) return "failed";
      return telling.after(() => {
        // A change of nothing, so that what was saved before does not count.
        store.change(() => {}, pace > 0);
        // Never from the press itself: ILIAS sends blindly then (facts/learning-systems.md).
        if (!pace) visit.timer(() => queue.flush(), 0);
      });
    },
    stop() {
      queue.close();
      telling.end();
    },
    close() {
      if (queue.closing()) return true;
      const ok = queue.flush(true);
      this.stop();
      if (isNamed(visit.launch) || facts.ledger.taken.has(STATUS)) session.finish();
      else session.drop();
      return ok;
    },
  };
}

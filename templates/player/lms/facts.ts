// Collects what a batch is planned from: what the LMS holds, the result, answers, modules and time.

import { decode } from "../state/codec.ts";
import { LOCATION, type Pair } from "./elements.ts";
import { createLearningTime } from "./learning-time.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { isUnsure, lowered, type Trouble } from "./repair.ts";
import { createResult, type Confirmed } from "./status-and-score.ts";
import type { State } from "../state/state.ts";
import type { Delivery } from "./delivery.ts";
import type { Confirm } from "./outcomes.ts";
import type { SavedVisit } from "./saving.ts";

export interface Facts {
  /** Version of the store. */
  version: number;
  /** Whether the state has changed, or must be sent again with a new counter. */
  changed: boolean;
  /** Whether the page is being hidden or unloaded. */
  leaving: boolean;
  /** Whether there is only time for the state. */
  alone: boolean;
  /** Elements written lower on purpose, so that the LMS sends them again (repair.ts). */
  lower: string[];
  /** Answers that the LMS is to have. */
  answers: Pair[];
  /** Whether some of these may have been lost. */
  behind?: boolean;
  /** What the state is to say about the result and the answers. */
  noted: Pick<State, "reported" | "late" | "interactions">;
  /** Sections of the state that are written with another content. */
  kept: Partial<State>;
  /** Value of lesson_location. */
  location: string;
  /** Duration of this visit, in ms. */
  elapsed: number;
  /** Results of the modules, then of the course. */
  results: Pair[];
}

/** The sections of the state that are written with another content. */
const replacedSections = ({ launch, tracking, decided, store }: SavedVisit): Partial<State> => ({
  // A course too large for tracking pages stores only the bookmark, and decisions in scenarios.
  ...(tracking.pages !== "all" && {
    visited: new Set(),
    checks: decided?.() ?? store.state.checks,
  }),
  // A quiz taken without credit is not stored.
  ...(!launch.credit && { quizzes: decode(launch.state)?.quizzes ?? new Map() }),
});

/** The answers that the LMS is to have, and what the state says about them. */
function answersFor(
  { store, interactions }: SavedVisit,
  ledger: Ledger,
  trouble: Trouble,
  alone: boolean,
) {
  const arrived = (pair: Pair) => trouble.line !== "down" && ledger.has(pair);
  const late = interactions.late(store.state.late, arrived, alone);
  const answers = alone ? [] : interactions.values();
  const behind = isUnsure(trouble) && answers.some(ledger.has);
  return { answers, behind, noted: { late, interactions: interactions.count(late) } };
}

interface VisitFacts {
  /** What the LMS holds of the result. */
  reported: Confirmed;
  ledger: Ledger;
  /** Whether the LMS has confirmed the current result. */
  settled: () => boolean;
  /** Makes the next batch send the state again although nothing has changed. */
  again: () => void;
  /**
   * Collects the facts for the next batch, and brings the state up to date. `leaving`: the page is
   * being hidden or unloaded. `last`: no batch follows.
   */
  look: (leaving: boolean, last: boolean, trouble: Trouble) => Facts;
  /**
   * Handles a delivery that was sent and partly refused. Call the returned functions once the LMS
   * has stored it.
   */
  written: (delivery: Delivery) => Confirm;
}

export function createFacts(visit: SavedVisit): VisitFacts {
  const { store, session, launch, outline, interactions } = visit;
  const { state } = store;
  const elapsed = createLearningTime(visit.clock, visit.timer);
  const result = createResult({ ...visit, state });
  const ledger = createLedger([...result.stored, [LOCATION, launch.location]]);
  let seen = -1;

  return {
    reported: result.reported,
    ledger,
    settled: result.settled,
    again() {
      seen = -1;
    },
    look(leaving, last, trouble) {
      const { version } = store;
      const changed = version !== seen;
      seen = version;
      // If each value is sent by itself, there is only time for the state.
      const alone = leaving && !session.canFinish;
      store.note(result.raise);
      const { objectives } = visit;
      // Until the outline is complete, what the LMS has confirmed counts as unchanged.
      const same = objectives?.settled() ?? (!outline.partial || state.reported);
      const settled = result.settled() && same;
      const reported = launch.credit ? settled : state.reported;
      const { answers, behind, noted } = answersFor(visit, ledger, trouble, alone);
      store.note(() => visit.carryBack?.());
      const lower = leaving ? [] : lowered(trouble);
      const modules = objectives && !alone ? objectives.values(last) : [];
      return {
        ...{ version, changed, leaving, alone, lower, answers, behind },
        kept: replacedSections(visit),
        noted: { ...noted, reported },
        location: visit.location(),
        elapsed: elapsed(),
        results: [...modules, ...result.values(lower)],
      };
    },
    written({ batch, sent, refused }) {
      const taken = sent.filter((pair) => !refused.includes(pair));
      interactions.refused(refused, taken.length > 0).forEach(ledger.forget);
      if (taken.length && refused.some(([element]) => element.startsWith("cmi.objectives")))
        visit.objectives?.stop();
      // Only the state was sent: the rest of the batch still has to follow.
      return batch.alone
        ? []
        : [interactions.sent(ledger.has), visit.objectives?.sent(taken), result.sent(refused)];
    },
  };
}

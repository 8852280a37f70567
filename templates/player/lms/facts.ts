// What is known for a batch: of the LMS, which has the result, the answers and the modules, and of
// the moment.

import { decode } from "../state/codec.ts";
import { carryBack } from "../state/edits.ts";
import { LOCATION, type Pair } from "./elements.ts";
import { createLearningTime } from "./learning-time.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { isUnsure, lowered, type Trouble } from "./repair.ts";
import { createResult, type Confirmed } from "./status-and-score.ts";
import type { State } from "../state/state.ts";
import type { Delivery } from "./delivery.ts";
import type { Confirm } from "./outcomes.ts";
import type { SavedVisit } from "./saving.ts";

/** What is known of the LMS and of the moment when a batch is made. */
export interface Facts {
  /** The store's. */
  version: number;
  /** Whether the state has changed, or has to be another one to be sent again. */
  changed: boolean;
  /** Whether the page is going away. */
  leaving: boolean;
  /** Whether only the state can go. */
  alone: boolean;
  /** Elements that are lowered on purpose, so that the LMS sends them again. */
  lower: string[];
  /** Answers that the LMS is to have. */
  answers: Pair[];
  /** Whether some of these may have been lost on the way. */
  behind?: boolean;
  /** What the state is to say: whether the result is confirmed, and of answers. */
  noted: Pick<State, "reported" | "late" | "interactions">;
  /** Sections of the state that are written as something else. */
  kept: Partial<State>;
  /** Of the page, as the LMS keeps it. */
  location: string;
  /** Ms of this visit. */
  elapsed: number;
  /** What the LMS is to have of the modules, then of the course. */
  results: Pair[];
}

/** The sections of a state that are written as something else. */
const withheld = ({ launch, tracking }: SavedVisit): Partial<State> => ({
  // A course too large to track its pages keeps the bookmark only.
  ...(tracking.pages !== "all" && { visited: new Set(), checks: new Map() }),
  // A quiz taken without credit leaves no trace.
  ...(!launch.credit && { quizzes: decode(launch.state)?.quizzes ?? new Map() }),
});

/** The answers that the LMS is to have, and what the state is to say of them. */
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

/** What one visit knows. */
interface Looking {
  /** What the LMS holds of the result. */
  reported: Confirmed;
  ledger: Ledger;
  /** What is written next is another state, although nothing has changed. */
  again: () => void;
  /**
   * For the next batch, whether the page is `leaving` and it is the `last` one. The state is
   * brought up to the work of the trainee.
   */
  look: (leaving: boolean, last: boolean, trouble: Trouble) => Facts;
  /** A batch was written, and partly refused. Call what this gives once the LMS has stored it. */
  written: (delivery: Delivery) => Confirm;
}

export function createFacts(visit: SavedVisit): Looking {
  const { store, session, launch, outline, interactions, objectives } = visit;
  const { state } = store;
  const elapsed = createLearningTime(visit.clock, visit.timer);
  const result = createResult({ ...visit, state });
  const ledger = createLedger([...result.stored, [LOCATION, launch.location]]);
  const kept = withheld(visit);
  let seen = -1;

  return {
    reported: result.reported,
    ledger,
    again() {
      seen = -1;
    },
    look(leaving, last, trouble) {
      const { version } = store;
      const changed = version !== seen;
      seen = version;
      // Where each value goes by itself, there is time for the state only.
      const alone = leaving && !session.canFinish;
      store.note(result.raise);
      const settled = result.settled() && (!objectives || objectives.settled());
      const reported = launch.credit ? settled : state.reported;
      const { answers, behind, noted } = answersFor(visit, ledger, trouble, alone);
      store.note(() => carryBack(state, outline));
      const lower = leaving ? [] : lowered(trouble);
      const modules = objectives && !alone ? objectives.values(last) : [];
      return {
        ...{ version, changed, leaving, alone, lower, answers, behind, kept },
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
        objectives?.stop();
      // With the state alone, the rest of a batch is still to come.
      return batch.alone
        ? []
        : [interactions.sent(), objectives?.sent(taken), result.sent(refused)];
    },
  };
}

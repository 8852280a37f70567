// What is known for a batch: of the LMS, which has the result, the answers and the modules, and of
// the moment.

import { decode } from "../state/codec.js";
import { carryBack } from "../state/edits.js";
import { LOCATION } from "./elements.js";
import { createLearningTime } from "./learning-time.js";
import { createLedger } from "./ledger.js";
import { isUnsure, lowered } from "./repair.js";
import { createResult } from "./status-and-score.js";

/**
 * @import {Confirmed, Delivery, Facts, Ledger, Pair, State, Trouble, SavedVisit} from "../types"
 * @import {Confirm} from "./outcomes"
 */

/**
 * The sections of a state that are written as something else.
 *
 * @param {SavedVisit} visit
 * @returns {Partial<State>}
 */
const withheld = ({ launch, tracking }) => ({
  // A course too large to track its pages keeps the bookmark only.
  ...(tracking.pages !== "all" && { visited: new Set(), checks: new Map() }),
  // A quiz taken without credit leaves no trace.
  ...(!launch.credit && { quizzes: decode(launch.state)?.quizzes ?? new Map() }),
});

/**
 * The answers that the LMS is to have, and what the state is to say of them.
 *
 * @param {SavedVisit} visit
 * @param {Ledger} ledger
 * @param {Trouble} trouble
 * @param {boolean} alone
 */
function answersFor({ store, interactions }, ledger, trouble, alone) {
  /** @param {Pair} pair */
  const arrived = (pair) => trouble.line !== "down" && ledger.has(pair);
  const late = interactions.late(store.state.late, arrived, alone);
  const answers = alone ? [] : interactions.values();
  const behind = isUnsure(trouble) && answers.some(ledger.has);
  return { answers, behind, noted: { late, interactions: interactions.count(late) } };
}

/**
 * What one visit knows.
 *
 * @typedef Looking
 * @property {Confirmed} reported What the LMS holds of the result.
 * @property {Ledger} ledger
 * @property {() => void} again What is written next is another state, although nothing has changed.
 * @property {(leaving: boolean, last: boolean, trouble: Trouble) => Facts} look For the next batch,
 *   whether the page is `leaving` and it is the `last` one. The state is brought up to the work of
 *   the trainee.
 * @property {(delivery: Delivery) => Confirm} written A batch was written, and partly refused. Call
 *   what this gives once the LMS has stored it.
 */

/**
 * @param {SavedVisit} visit
 * @returns {Looking}
 */
export function createFacts(visit) {
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

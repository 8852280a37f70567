// From the state to the LMS: plan.js says what is written, queue.js when, settle.js what follows.

import { STATUS } from "./elements.js";
import { createFacts } from "./facts.js";
import { createOutcomes } from "./outcomes.js";
import { BETWEEN_VALUES, WAITS } from "./pace.js";
import { plan } from "./batch.js";
import { createQueue } from "./queue.js";
import { createTelling } from "./save-outcome.js";

/** @import {Launch, Queue, Saving, SavedVisit} from "../types" */

/**
 * Whether the LMS has a status from the start. Where it was told none, it makes one at the end:
 * completed.
 *
 * @param {Launch} launch
 */
const isNamed = ({ status, credit }) => (status ? status !== "not attempted" : !credit);

/**
 * Saves the state of a visit that is recorded. When the page goes away, only the true values are
 * written.
 *
 * @param {SavedVisit} visit
 * @returns {Saving}
 */
export function createSaving(visit) {
  const { store, session, mark } = visit;
  const pace = session.canFinish ? 0 : BETWEEN_VALUES;
  const facts = createFacts(visit);
  const telling = createTelling(visit.report, visit.timer);
  const outcomes = createOutcomes(visit, facts, telling);
  /** @type {Queue} */
  const queue = createQueue({
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

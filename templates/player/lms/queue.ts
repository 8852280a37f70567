// The one way to write to the LMS: in batches, in order, no faster than it can bear.

import { createDeliverer } from "./delivery.js";
import { STATE, isVital } from "./elements.js";
import { instant } from "./instant.js";
import { DRAWN, HELD, PAUSE, QUIET, rest } from "./pace.js";

/** @import {Delivery, Queue, Ways} from "../types" */

/**
 * When the next batch starts: as soon as it may, and once; not between two keys of somebody who
 * types, as long as it can wait.
 *
 * @param {Ways} ways
 */
function createSchedule({ clock, timer, store }) {
  let earliest = -Infinity;
  let due = Infinity;
  let committed = -Infinity;
  return {
    /**
     * @param {number} delay
     * @param {() => void} start
     */
    ask(delay, start) {
      const at = Math.max(earliest, clock() + delay);
      if (at >= due) return;
      due = at;
      // A timer may fire a little before its time by the clock, so it is known by its due time.
      // Never from the trainee's own press: ILIAS sends what is saved then blindly
      // (facts/learning-systems.md).
      const fire = () => {
        if (at !== due) return;
        const now = clock();
        if (now - /** @type {number} */ (store.typed) < PAUSE && now - at < HELD)
          timer(fire, PAUSE);
        else start();
      };
      timer(fire, at - clock());
    },
    /** A batch starts now. */
    begin() {
      due = Infinity;
    },
    /** @param {number} took Ms for which a batch has stopped the page. */
    end(took) {
      committed = clock();
      earliest = committed + rest(took);
    },
    /** Whether the last batch was a short while ago. */
    isQuiet: () => clock() - committed < QUIET,
  };
}

/**
 * A batch of which nothing is written yet.
 *
 * @param {Ways} ways
 * @param {boolean} leaving
 * @param {boolean} last
 * @returns {Delivery}
 */
function begin({ plan, ledger }, leaving, last) {
  const batch = plan(leaving, last);
  return {
    batch,
    left: batch.pairs.filter((pair) => !ledger.has(pair)),
    sent: [],
    refused: [],
    took: 0,
    since: instant(),
  };
}

/**
 * Owns the batch that is on its way, one at a time. The page may go away during a call, which
 * flushes the batch. Values that the LMS has are not written again,
 * until the ledger forgets them.
 *
 * @param {Ways} ways
 * @returns {Queue}
 */
export function createQueue(ways) {
  const { pace } = ways;
  const schedule = createSchedule(ways);
  const deliverer = createDeliverer(ways);
  let current = /** @type {Delivery | null} */ (null);
  // Whether the last batch has begun, and whether nothing is written any more.
  let closing = false;
  let closed = false;
  let again = false;

  function start() {
    if (closed) return;
    schedule.begin();
    const delivery = begin(ways, false, closing);
    current = delivery;
    const goesOn = () => current === delivery;
    deliverer.run(delivery, goesOn, () => {
      current = null;
      end(delivery);
      if (again) request();
    });
  }

  /** @param {Delivery} delivery */
  function end(delivery) {
    deliverer.commit(delivery);
    schedule.end(delivery.took);
    ways.done(delivery);
    return !delivery.refused.some(isVital) && delivery.sure;
  }

  function request(delay = 0) {
    again = Boolean(current);
    if (!current && !closed) schedule.ask(Math.max(delay, deliverer.slow() && DRAWN), start);
  }

  return {
    request,
    flush(last = false) {
      if (closed) return false;
      closing ||= last;
      const next = begin(ways, true, closing);
      // Nothing but the time.
      if (!last && !current && next.left.length < 2 && schedule.isQuiet()) return true;
      const now = current ? Object.assign(current, { batch: next.batch, short: false }) : next;
      current = null;
      schedule.begin();
      for (const pair of next.left)
        if (!closed && (!pace || pair[0] === STATE)) deliverer.write(now, pair);
      const ok = end(now);
      if (pace) request();
      return ok;
    },
    closing: () => closing,
    close() {
      closing = closed = true;
      current = null;
    },
  };
}

// The one way to write to the LMS: in batches, in order, no faster than it can bear.

import { createDeliverer, type Delivery } from "./delivery.ts";
import { STATE, isVital } from "./elements.ts";
import { DRAWN, HELD, PAUSE, QUIET, instant, rest, type Clock, type Timer } from "./pace.ts";
import type { Store } from "../state/store.ts";
import type { Batch } from "./batch.ts";
import type { Ledger } from "./ledger.ts";
import type { Line } from "./reachability.ts";
import type { Session } from "./session.ts";

/** What a queue writes with. */
export interface Ways {
  store: Pick<Store, "typed">;
  /** Called when a batch starts, so that it holds the latest; whether it is the `last`. */
  plan(leaving: boolean, last: boolean): Batch;
  session: Pick<Session, "set" | "commit">;
  line: Pick<Line, "online">;
  ledger: Ledger;
  /** Whether a final status may wait for what comes before it. */
  patient(): boolean;
  /** Hears of each batch once it is committed. */
  done(delivery: Delivery): void;
  timer: Timer;
  clock: Clock;
  /** Ms between two values of a batch, at least. */
  pace?: number;
}

export interface Queue {
  /** Ask for a batch: at once, or when the last is far enough away or `delay` ms are over. */
  request(delay?: number): void;
  /**
   * Write and commit now, because the page is going away; `last` is for good. Where writes need
   * pacing only the state goes: the rest follows if the page stays, and from the state at the next
   * launch. Gives whether the LMS says that it has stored.
   */
  flush(last?: boolean): boolean | null | undefined;
  /** Whether the last batch has begun. */
  closing(): boolean;
  /** Nothing is written any more. */
  close(): void;
}

/**
 * When the next batch starts: as soon as it may, and once; not between two keys of somebody who
 * types, as long as it can wait.
 */
function createSchedule({ clock, timer, store }: Ways) {
  let earliest = -Infinity;
  let due = Infinity;
  let committed = -Infinity;
  return {
    ask(delay: number, start: () => void) {
      const at = Math.max(earliest, clock() + delay);
      if (at >= due) return;
      due = at;
      // A timer may fire a little before its time by the clock, so it is known by its due time.
      // Never from the trainee's own press: ILIAS sends what is saved then blindly
      // (facts/learning-systems.md).
      const fire = () => {
        if (at !== due) return;
        const now = clock();
        if (now - (store.typed as number) < PAUSE && now - at < HELD) timer(fire, PAUSE);
        else start();
      };
      timer(fire, at - clock());
    },
    /** A batch starts now. */
    begin() {
      due = Infinity;
    },
    /** @param took Ms for which a batch has stopped the page. */
    end(took: number) {
      committed = clock();
      earliest = committed + rest(took);
    },
    /** Whether the last batch was a short while ago. */
    isQuiet: () => clock() - committed < QUIET,
  };
}

/** A batch of which nothing is written yet. */
function begin({ plan, ledger }: Ways, leaving: boolean, last: boolean): Delivery {
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
 * flushes the batch. Values that the LMS has are not written again, until the ledger forgets them.
 */
export function createQueue(ways: Ways): Queue {
  const { pace } = ways;
  const schedule = createSchedule(ways);
  const deliverer = createDeliverer(ways);
  let current = null as Delivery | null;
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

  function end(delivery: Delivery) {
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

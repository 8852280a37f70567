// Decides when the LMS is written to: one batch at a time, no faster than the LMS can take.

import { createDeliverer, type Delivery } from "./delivery.ts";
import { SESSION_TIME, STATE, isVital } from "./elements.ts";
import {
  PAINT_MS,
  MAX_TYPING_WAIT_MS,
  TYPING_PAUSE_MS,
  QUIET_MS,
  instant,
  rest,
  type Clock,
  type Timer,
} from "./pace.ts";
import type { Store } from "../state/store.ts";
import type { Batch } from "./batch.ts";
import type { Ledger } from "./ledger.ts";
import type { Line } from "./reachability.ts";
import type { Session } from "./session.ts";

/** What a queue works with. */
export interface QueueParts {
  store: Pick<Store, "typed">;
  /** Plans a batch from the latest state, when it starts. `last`: no batch follows. */
  plan(leaving: boolean, last: boolean): Batch;
  session: Pick<Session, "set" | "commit">;
  line: Pick<Line, "online">;
  ledger: Ledger;
  /** Whether a final status may wait for the values before it. */
  patient(): boolean;
  /** Called with each batch after its commit. */
  done(delivery: Delivery): void;
  timer: Timer;
  clock: Clock;
  /** Minimum time between two values of a batch, in ms. */
  pace?: number;
}

export interface Queue {
  /** Requests a batch: as soon as the pause after the previous one, and `delay` ms, are over. */
  request(delay?: number): void;
  /** Starts no batch for so many ms; flush() does not wait. */
  hold(ms: number): void;
  /**
   * Writes and commits now, because the page is being hidden or, if `last`, unloaded. If writes
   * need pauses, only the state is written; the rest follows if the page stays, or from the state
   * at the next launch. Returns what LMSCommit returned, or false if a required value was refused.
   */
  flush(last?: boolean): boolean | null | undefined;
  /** Whether the last batch has begun. */
  closing(): boolean;
  /** Stops writing. */
  close(): void;
}

/** Schedules the next batch: as early as allowed, and once; while the trainee types, at a pause. */
function createSchedule({ clock, timer, store }: QueueParts) {
  let earliest = -Infinity;
  let due = Infinity;
  let committed = -Infinity;
  const schedule = {
    ask(delay: number, start: () => void) {
      const at = Math.max(earliest, clock() + delay);
      if (at >= due) return;
      due = at;
      // A timer may fire slightly early by the clock, so compare due times. Always through a timer,
      // because ILIAS cannot confirm what is saved during a click (facts/learning-systems.md).
      const fire = () => {
        if (at !== due) return;
        const now = clock();
        if (at < earliest) {
          due = Infinity;
          schedule.ask(0, start);
        } else if (now - (store.typed as number) < TYPING_PAUSE_MS && now - at < MAX_TYPING_WAIT_MS)
          timer(fire, TYPING_PAUSE_MS);
        else start();
      };
      timer(fire, at - clock());
    },
    hold(ms: number) {
      earliest = Math.max(earliest, clock() + ms);
    },
    begin() {
      due = Infinity;
    },
    /** @param took For how long the batch blocked the page, in ms. */
    end(took: number) {
      committed = clock();
      earliest = committed + rest(took);
    },
    /** Whether the last commit was recent. */
    isQuiet: () => clock() - committed < QUIET_MS,
  };
  return schedule;
}

/** A delivery of which nothing is written yet. */
function begin({ plan, ledger }: QueueParts, leaving: boolean, last: boolean): Delivery {
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
 * Owns the batch that is being sent. The page may be unloaded during a call, which flushes the
 * batch. Values that the LMS has are not written again until the ledger forgets them.
 */
export function createQueue(parts: QueueParts): Queue {
  const { pace } = parts;
  const schedule = createSchedule(parts);
  const deliverer = createDeliverer(parts);
  let current = null as Delivery | null;
  let closing = false;
  let closed = false;
  let again = false;

  function start() {
    if (closed) return;
    schedule.begin();
    const delivery = begin(parts, false, closing);
    current = delivery;
    const isCurrent = () => current === delivery;
    deliverer.run(delivery, isCurrent, () => {
      current = null;
      end(delivery);
      if (again) request();
    });
  }

  function end(delivery: Delivery) {
    deliverer.commit(delivery);
    schedule.end(delivery.took);
    parts.done(delivery);
    return !delivery.refused.some(isVital) && delivery.sure;
  }

  function request(delay = 0) {
    again = Boolean(current);
    if (!current && !closed) schedule.ask(Math.max(delay, deliverer.slow() && PAINT_MS), start);
  }

  return {
    request,
    hold: schedule.hold,
    flush(last = false) {
      if (closed) return false;
      closing ||= last;
      const next = begin(parts, true, closing);
      const onlyTime = next.left.every(([element]) => element === SESSION_TIME);
      if (!last && !current && onlyTime && schedule.isQuiet()) return true;
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

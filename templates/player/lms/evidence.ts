// Finds evidence that the LMS's own requests were answered. The Performance API lists the requests
// of a page, and the LMS's page is of our origin (facts/learning-systems.md#evidence). Beacons are
// not listed.

import type { Delivery } from "./delivery.ts";
import type { Timer } from "./pace.ts";

/**
 * The line to the LMS's server. "up": a request of the LMS was answered. "reached": a request of
 * ours was answered. "unknown": the request proves nothing.
 */
export type LineState = "up" | "reached" | "down" | "unknown";

/** A request of the LMS's page, in times of this window's clock. */
export interface FoundRequest {
  /** URL without its query. */
  address: string;
  start: number;
  end: number;
  ok: boolean;
  /** Whether it certainly failed. */
  failed: boolean;
}

export interface Evidence {
  /**
   * Resolves to how the LMS's requests for a delivery ended: "up" if the request with its last
   * values was answered, "down" if one failed, "" if none was seen.
   */
  seen(delivery: Delivery, each?: boolean): Promise<LineState | "">;
  /**
   * Waits on after seen() has found nothing: resolves to "up" or "down" once a request shows it,
   * otherwise never. Waits for one delivery at a time, the last one.
   */
  later(delivery: Delivery, each?: boolean): Promise<LineState>;
}

type Realm = Window & typeof globalThis;

const STORING = ["xmlhttprequest", "fetch", "beacon"];
// Number of requests remembered, far more than an LMS makes for one batch.
const MAX_REQUESTS = 200;
// How long to wait for the answer to a background request, in ms.
const RESPONSE_TIMEOUT_MS = 4000;
// After this many deliveries without a visible request, do not wait any more.
const MAX_UNSEEN = 2;
// In ms. Browsers round times to a tenth of a ms; a queued request starts a little later.
const ROUNDING_MS = 0.3;
const QUEUE_DELAY_MS = 50;
const MAX_READINGS = 10;

/**
 * The requests that the LMS's windows have made; each of `listeners` is called with every further
 * one. `find()` returns the windows at the time of the call.
 */
function createRequests(find: () => Window[]) {
  let requests: FoundRequest[] = [];
  const watched = new Map<Window, () => void>();
  const listeners = new Set<() => void>();

  function watch(win: Realm) {
    const ahead = aheadOf(win);
    const own = location.href.split("#")[0];
    const note = (entries: PerformanceEntryList) => {
      const made = (entries as PerformanceResourceTiming[]).filter(
        ({ initiatorType, name }) => STORING.includes(initiatorType) && name !== own,
      );
      requests.push(...made.map((entry) => found(entry, ahead, win.location.origin)));
      requests = requests.slice(-MAX_REQUESTS);
      for (const hear of listeners) hear();
    };
    const observer = new win.PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "resource", buffered: true });
    watched.set(win, () => note(observer.takeRecords()));
  }

  return {
    all: () => requests,
    listeners,
    /** Never throws: the browser may not support the observer, or a window may be gone. */
    look() {
      try {
        for (const win of find()) if (!watched.has(win)) watch(win as Realm);
        for (const take of watched.values()) take();
      } catch {
        // No evidence then.
      }
    },
  };
}

/** `find()` returns the LMS's windows at the time of the call. */
export function createEvidence(find: () => Window[], timer: Timer): Evidence {
  const { all, listeners, look } = createRequests(find);
  /** Addresses to which the LMS was seen to save. */
  const stores = new Set<string>();
  let unseen = 0;
  let late = () => {};

  return {
    async seen(delivery, each) {
      look();
      const verdict = () => judge(all(), delivery, each, stores);
      if (verdict() || unseen >= MAX_UNSEEN) return verdict();
      const line = await new Promise((resolve: (line: LineState | "") => void) => {
        const hear = () => verdict() && resolve(verdict());
        listeners.add(hear);
        timer(() => {
          listeners.delete(hear);
          resolve(verdict());
        }, RESPONSE_TIMEOUT_MS);
      });
      unseen = line ? 0 : unseen + 1;
      return line;
    },
    later: (delivery, each) =>
      new Promise((resolve) => {
        const { until = 0 } = delivery;
        // A request that began later may be unrelated, unless it goes where the LMS saves.
        const near = () =>
          all().filter(({ start, address }) => {
            const delay = stores.has(address) ? RESPONSE_TIMEOUT_MS : QUEUE_DELAY_MS;
            return start <= until + delay;
          });
        listeners.delete(late);
        late = () => {
          const line = judge(near(), delivery, each, stores);
          if (!line) return;
          unseen = 0;
          listeners.delete(late);
          resolve(line);
        };
        listeners.add(late);
        late();
      }),
  };
}

/** The time in a window, independent of changes to the computer's clock. */
const instantIn = (win: Realm) => new win.PerformanceMark("now").startTime;

/**
 * How much the clock of this window is ahead of another one's, in ms. A busy device may pause
 * between two readings, so they are repeated until they are close together.
 */
function aheadOf(win: Realm) {
  let [best, ahead] = [Infinity, 0];
  for (let reading = 0; reading < MAX_READINGS && best > ROUNDING_MS; reading += 1) {
    const before = instantIn(window);
    const there = instantIn(win);
    const apart = instantIn(window) - before;
    if (apart < best) [best, ahead] = [apart, before + apart / 2 - there];
  }
  return ahead;
}

/** @param ahead How much the clock of this window is ahead of the LMS's window, in ms. */
function found(entry: PerformanceResourceTiming, ahead: number, origin: string): FoundRequest {
  const { name, startTime, responseEnd, responseStart, responseStatus, redirectEnd } = entry;
  const url = new URL(name);
  // Older browsers do not give the status.
  const answered =
    responseStatus === undefined
      ? responseStart > 0
      : responseStatus >= 200 && responseStatus < 300;
  // A redirect may lead to a sign-in page.
  const ok = answered && !redirectEnd;
  return {
    address: url.origin + url.pathname,
    start: startTime + ahead,
    end: responseEnd + ahead,
    ok,
    // Browsers hide the result of requests to other origins.
    failed: !ok && url.origin === origin,
  };
}

/**
 * What the requests prove about a delivery. A request that ended before LMSCommit returned was
 * waited for, so it is the LMS's; on a busy device, one in the background may end as early. So of
 * the requests of both kinds one has to have begun when the last value was set or later, because
 * that carries everything that was queued. If the LMS sends `each` value by itself, each value that
 * it accepted needs a request.
 */
function judge(
  requests: FoundRequest[],
  delivery: Delivery,
  each: boolean | undefined,
  stores: Set<string>,
): LineState | "" {
  const { since = Infinity, given = Infinity, until = Infinity, sent, refused } = delivery;
  const withLast = ({ start }: FoundRequest) => start >= given - ROUNDING_MS;
  const mine = requests.filter(({ start }) => start >= since - ROUNDING_MS);
  const waited = mine.filter(({ end }) => end <= until + ROUNDING_MS);
  if (!each && waited.some(withLast)) return combine(waited);
  for (const { start, address } of mine) if (start <= until + QUEUE_DELAY_MS) stores.add(address);
  const saving = mine.filter(({ address }) => !stores.size || stores.has(address));
  if (each) return saving.length < sent.length - refused.length ? "" : combine(saving);
  const last = saving.filter(withLast).slice(-1);
  return combine(last.length ? last : saving.filter(({ failed }) => failed));
}

function combine(requests: FoundRequest[]): LineState | "" {
  if (requests.some(({ failed }) => failed)) return "down";
  return requests.length && requests.every(({ ok }) => ok) ? "up" : "";
}

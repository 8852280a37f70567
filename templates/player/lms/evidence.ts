// Whether the LMS's own requests were answered: browsers tell of the requests of a page, and the
// LMS's page is of our origin (facts/learning-systems.md#evidence). A beacon is not told of.

import type { Delivery } from "./delivery.ts";
import type { Timer } from "./pace.ts";

/**
 * How the line to the LMS's server was found. "up": the LMS's own request was seen to be answered.
 * "reached": a request of ours was. "unknown": the request says nothing of it.
 */
export type LineState = "up" | "reached" | "down" | "unknown";

/** A request of the LMS's page, by the clock of this window. */
export interface FoundRequest {
  /** Without its query. */
  address: string;
  start: number;
  end: number;
  ok: boolean;
  /** Whether it is known to have failed. */
  failed: boolean;
}

/** What browsers tell of the LMS's requests. */
export interface Evidence {
  /** A promise of how the LMS's requests for a delivery ended, "" where none was seen. */
  seen(delivery: Delivery, each?: boolean): Promise<LineState | "">;
}

type Realm = Window & typeof globalThis;

const STORING = ["xmlhttprequest", "fetch", "beacon"];
// Requests that are remembered: far more than the LMS makes for one batch.
const MOST = 200;
// How long the answer to a request in the background may take, in ms.
const PATIENCE = 4000;
// An LMS of which nothing is ever seen is not waited for any more.
const FRUITLESS = 2;
// Browsers round times, to a tenth of a ms; a request from a queue starts a little later.
const ROUNDED = 0.3;
const QUEUED = 50;

/**
 * `find()` gives the windows of the LMS as they are now. What `seen` promises of a delivery is "up"
 * where a request that carried its last values was answered well, "down" where one failed, "" where
 * none was seen.
 */
export function createEvidence(find: () => Window[], timer: Timer): Evidence {
  let requests: FoundRequest[] = [];
  const watched = new Map<Window, () => void>();
  const hearers = new Set<() => void>();
  /** The addresses that the LMS was seen to save to. */
  const stores = new Set<string>();
  let fruitless = 0;

  function watch(win: Realm) {
    const ahead = instantIn(window) - instantIn(win);
    const own = location.href.split("#")[0];
    const note = (entries: PerformanceEntryList) => {
      const made = (entries as PerformanceResourceTiming[]).filter(
        ({ initiatorType, name }) => STORING.includes(initiatorType) && name !== own,
      );
      requests.push(...made.map((entry) => found(entry, ahead, win.location.origin)));
      requests = requests.slice(-MOST);
      for (const hear of hearers) hear();
    };
    const observer = new win.PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "resource", buffered: true });
    watched.set(win, () => note(observer.takeRecords()));
  }

  /** A browser may tell nothing at all. */
  function look() {
    try {
      for (const win of find()) if (!watched.has(win)) watch(win as Realm);
      for (const take of watched.values()) take();
    } catch {
      // Then nothing is seen.
    }
  }

  return {
    async seen(delivery, each) {
      look();
      const verdict = () => judge(requests, delivery, each, stores);
      if (verdict() || fruitless >= FRUITLESS) return verdict();
      const line = await new Promise((resolve: (line: LineState | "") => void) => {
        const hear = () => verdict() && resolve(verdict());
        hearers.add(hear);
        timer(() => {
          hearers.delete(hear);
          resolve(verdict());
        }, PATIENCE);
      });
      fruitless = line ? 0 : fruitless + 1;
      return line;
    },
  };
}

/** The time in a window, which no change of the computer's clock moves. */
const instantIn = (win: Realm) => new win.PerformanceMark("now").startTime;

/** @param ahead By how much the clock of this window is ahead of the LMS's. */
function found(entry: PerformanceResourceTiming, ahead: number, origin: string): FoundRequest {
  const { name, startTime, responseEnd, responseStart, responseStatus, redirectEnd } = entry;
  const url = new URL(name);
  // An older browser does not say the status.
  const answered =
    responseStatus === undefined
      ? responseStart > 0
      : responseStatus >= 200 && responseStatus < 300;
  // A redirect may lead to a page to sign in.
  const ok = answered && !redirectEnd;
  return {
    address: url.origin + url.pathname,
    start: startTime + ahead,
    end: responseEnd + ahead,
    ok,
    // Of a request to another site, browsers hide what came of it.
    failed: !ok && url.origin === origin,
  };
}

/**
 * What the requests say of a delivery. One that ended before LMSCommit did was waited for, and is
 * the LMS's. Others say something once they began after the last value was given, since all that
 * waits for its turn goes with them. Where each value goes `each` by itself, each has to have one.
 */
function judge(
  requests: FoundRequest[],
  delivery: Delivery,
  each: boolean | undefined,
  stores: Set<string>,
): LineState | "" {
  const { since = Infinity, given = Infinity, until = Infinity, sent } = delivery;
  const mine = requests.filter(({ start }) => start >= since - ROUNDED);
  const waited = mine.filter(({ end }) => end <= until + ROUNDED);
  if (!each && waited.length) return sumOf(waited);
  for (const { start, address } of mine) if (start <= until + QUEUED) stores.add(address);
  const saving = mine.filter(({ address }) => !stores.size || stores.has(address));
  if (each) return saving.length < sent.length ? "" : sumOf(saving);
  const last = saving.filter(({ start }) => start >= given - ROUNDED).slice(-1);
  return sumOf(last.length ? last : saving.filter(({ failed }) => failed));
}

function sumOf(requests: FoundRequest[]): LineState | "" {
  if (requests.some(({ failed }) => failed)) return "down";
  return requests.length && requests.every(({ ok }) => ok) ? "up" : "";
}

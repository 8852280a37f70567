// Whether the LMS's own requests were answered: browsers tell of the requests of a page, and the
// LMS's page is of our origin (facts/learning-systems.md#evidence). A beacon is not told of.

/** @import {Delivery, Evidence, FoundRequest, LineState, Timer} from "../types" */

/** @typedef {Window & typeof globalThis} Realm */

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
 * `find()` gives the windows of the LMS as they are now. What `seen` promises of a delivery is
 * "up" where a request that carried its last values was answered well, "down" where one failed, ""
 * where none was seen.
 *
 * @param {() => Window[]} find
 * @param {Timer} timer
 * @returns {Evidence}
 */
export function createEvidence(find, timer) {
  /** @type {FoundRequest[]} */
  let requests = [];
  /** @type {Map<Window, () => void>} */
  const watched = new Map();
  /** @type {Set<() => void>} */
  const hearers = new Set();
  /** @type {Set<string>} The addresses that the LMS was seen to save to. */
  const stores = new Set();
  let fruitless = 0;

  /** @param {Realm} win */
  function watch(win) {
    const ahead = instantIn(window) - instantIn(win);
    const own = location.href.split("#")[0];
    /** @param {PerformanceEntryList} entries */
    const note = (entries) => {
      const made = /** @type {PerformanceResourceTiming[]} */ (entries).filter(
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
      for (const win of find()) if (!watched.has(win)) watch(/** @type {Realm} */ (win));
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
      const line = await new Promise((/** @type {(line: LineState | "") => void} */ resolve) => {
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

/**
 * The time in a window, which no change of the computer's clock moves.
 *
 * @param {Realm} win
 */
const instantIn = (win) => new win.PerformanceMark("now").startTime;

/**
 * @param {PerformanceResourceTiming} entry
 * @param {number} ahead By how much the clock of this window is ahead of the LMS's.
 * @param {string} origin
 * @returns {FoundRequest}
 */
function found(entry, ahead, origin) {
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
 *
 * @param {FoundRequest[]} requests
 * @param {Delivery} delivery
 * @param {boolean | undefined} each
 * @param {Set<string>} stores
 * @returns {LineState | ""}
 */
function judge(requests, delivery, each, stores) {
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

/**
 * @param {FoundRequest[]} requests
 * @returns {LineState | ""}
 */
function sumOf(requests) {
  if (requests.some(({ failed }) => failed)) return "down";
  return requests.length && requests.every(({ ok }) => ok) ? "up" : "";
}

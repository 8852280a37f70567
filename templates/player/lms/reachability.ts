// Whether the LMS's server can be reached: a commit may say "true" on a dead line.

/** @import {Evidence, Line} from "../types" */

/**
 * @typedef {object} LineWays
 * @property {() => Promise<Response>} ask
 * @property {Evidence["seen"]} seen
 */

const PATIENCE = 8000;

/**
 * `check(delivery, each)` gives a promise of "up" where it was `seen` that the LMS's own request
 * was answered (evidence.js), else of "reached", "down" or "unknown", which a request of our own
 * says: that one arrives does not prove that the LMS's did. A
 * line is unknown where the request itself failed, which a strict security policy can
 * cause as well as a dead line, and where the reply is not of the kind of the first one: it may be
 * a page to log in again. Only a reply to a request made after a commit says something of it, so
 * each check asks.
 *
 * @param {LineWays} ways
 * @returns {Pick<Line, "check">}
 */
export function createLine({ ask, seen }) {
  let usual = "";
  return {
    async check(delivery, each) {
      const line = await seen(delivery, each);
      if (line) return line;
      try {
        const { status, redirected } = await ask();
        if (status >= 500) return "down";
        const kind = `${status} ${redirected}`;
        usual ||= kind;
        return kind === usual ? "reached" : "unknown";
      } catch {
        return "unknown";
      }
    },
  };
}

/** A small uncached request for the page itself; a promise of the reply. */
export function askOwnOrigin() {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), PATIENCE);
  return fetch(location.href.split("#")[0], {
    method: "HEAD",
    cache: "no-store",
    signal: stop.signal,
  });
}

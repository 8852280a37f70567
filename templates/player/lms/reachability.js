// Whether the LMS's server can be reached: a commit may say "true" on a dead line.

/** @import {Line} from "../types" */

const PATIENCE = 8000;

/**
 * `online()` is what the browser says at once; `check()` gives a promise of "up", "down" or
 * "unknown". A line is unknown where the request itself failed, which a strict security policy can
 * cause as well as a dead line, and where the reply is not of the kind of the first one: it may be
 * a page to log in again. Only a reply to a request made after a commit says something of it, so
 * each check asks.
 *
 * @param {{online: () => boolean, ask: () => Promise<Response>}} ways
 * @returns {Line}
 */
export function createLine({ online, ask }) {
  let usual = "";
  return {
    online,
    async check() {
      if (!online()) return "down";
      try {
        const { status, redirected } = await ask();
        if (status >= 500) return "down";
        const kind = `${status} ${redirected}`;
        usual ||= kind;
        return kind === usual ? "up" : "unknown";
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

// Whether the LMS's server can be reached: a commit may say "true" on a dead line.

import type { Delivery } from "./delivery.ts";
import type { Evidence, LineState } from "./evidence.ts";

export interface Line {
  /** What the browser says at once. */
  online(): boolean;
  check(delivery: Delivery, each?: boolean): Promise<LineState>;
}

interface LineWays {
  ask: () => Promise<Response>;
  seen: Evidence["seen"];
}

const PATIENCE = 8000;

/**
 * `check(delivery, each)` gives a promise of "up" where it was `seen` that the LMS's own request
 * was answered (evidence.ts), else of "reached", "down" or "unknown", which a request of our own
 * says: that one arrives does not prove that the LMS's did. A line is unknown where the request
 * itself failed, which a strict security policy can cause as well as a dead line, and where the
 * reply is not of the kind of the first one: it may be a page to log in again. Only a reply to a
 * request made after a commit says something of it, so each check asks.
 */
export function createLine({ ask, seen }: LineWays): Pick<Line, "check"> {
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

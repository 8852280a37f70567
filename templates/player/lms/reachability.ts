// Checks whether the LMS's server can be reached, because LMSCommit may return "true" offline.

import type { Delivery } from "./delivery.ts";
import type { Evidence, LineState } from "./evidence.ts";

export interface Line {
  /** What the browser says, without a request. */
  online(): boolean;
  check(delivery: Delivery, each?: boolean): Promise<LineState>;
}

interface LineParts extends Evidence {
  ask: () => Promise<Response>;
}

const REQUEST_TIMEOUT_MS = 8000;

/**
 * `check(delivery, each)` resolves to what `seen` found of the LMS's own requests, if anything;
 * otherwise a request of ours is made after the commit. If that is answered, it does not prove that
 * the LMS's was; `delivery.late` tells once that is known. The line is unknown if our request
 * failed, which a strict security policy can cause as well, and if the reply differs in kind from
 * the first one: it may be a sign-in page.
 */
export function createLine({ ask, seen, later }: LineParts): Pick<Line, "check"> {
  let usual = "";
  return {
    async check(delivery, each) {
      const line = await seen(delivery, each);
      delivery.witnessed = Boolean(line);
      if (line) return line;
      try {
        const { status, redirected } = await ask();
        if (status >= 500) return "down";
        const kind = `${status} ${redirected}`;
        usual ||= kind;
        if (kind !== usual) return "unknown";
        delivery.late = later(delivery, each);
        return "reached";
      } catch {
        return "unknown";
      }
    },
  };
}

/** Makes a small uncached request for the page itself. */
export function askOwnOrigin() {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), REQUEST_TIMEOUT_MS);
  return fetch(location.href.split("#")[0], {
    method: "HEAD",
    cache: "no-store",
    signal: stop.signal,
  });
}

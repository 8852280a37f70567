// Whether the LMS's server can be reached: a commit may say "true" on a dead line.

const PATIENCE = 8000;

/**
 * `check()` gives a promise of "up", "down", or "unknown" where the request itself failed, which
 * a strict security policy can cause as well as a dead line. Only a reply to a request made after
 * a commit says something of it, so each check asks.
 */
export function createLine({ online, ask }) {
  return {
    async check() {
      if (!online()) return "down";
      try {
        await ask();
        return "up";
      } catch {
        return "unknown";
      }
    },
  };
}

/** A small uncached request for the page itself; whatever the server answers in time, it is up. */
export function askOwnOrigin() {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), PATIENCE);
  return fetch(location.href.split("#")[0], { method: "HEAD", cache: "no-store", signal: stop.signal });
}

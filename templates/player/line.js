// Whether the LMS's server can be reached: a commit may say "true" on a dead line.

const GOOD_FOR = 30000;

/**
 * `check()` gives a promise of "up", "down", or "unknown" where the request itself failed, which
 * a strict security policy can cause as well as a dead line. While the answer is "up" it asks at
 * most every half minute.
 */
export function createLine({ online, ask, clock }) {
  let goodUntil = -Infinity;
  return {
    async check() {
      if (online() && clock() < goodUntil) return "up";
      const found = online() ? await ask().then(() => "up", () => "unknown") : "down";
      goodUntil = found === "up" ? clock() + GOOD_FOR : -Infinity;
      return found;
    },
  };
}

/** A small uncached request for the page itself; whatever the server answers, it is up. */
export const askOwnOrigin = () => fetch(location.href.split("#")[0], { method: "HEAD", cache: "no-store" });

// A transport without a browser (see templates/lms/profile.ts), for transcripts.

// Of a beacon, and of a request with keepalive.
const MOST_WHILE_LEAVING = 65_536;

/**
 * `state` is { up, session, leaving }, which its owner changes; `deliver(body, means)` gets what
 * arrives.
 */
export function createMemoryTransport({ state, deliver }) {
  const fits = (body) =>
    new TextEncoder().encode(JSON.stringify(body)).length <= MOST_WHILE_LEAVING;
  const arrives = (body, means) => {
    if (state.up && state.session) deliver(body, means);
    return state.up && state.session;
  };
  return {
    leaving: () => state.leaving,
    online: () => state.up,
    handling: () => (state.leaving ? "pagehide" : ""),
    sync(body) {
      if (!state.up || state.leaving)
        throw new DOMException("the request cannot be sent", "NetworkError");
      return arrives(body, "sync");
    },
    beacon(body) {
      if (!fits(body)) return false;
      arrives(body, "beacon");
      return true;
    },
    later: async (body, { keepalive = false } = {}) =>
      (!keepalive || fits(body)) && arrives(body, keepalive ? "keepalive" : "fetch"),
  };
}

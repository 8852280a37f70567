// How an LMS's page sends to its server: with the browser's own means, so that what the browser
// denies or loses is lost here as it is there.

/**
 * A transport (see profile.js) that posts to `address`; `wrap(body, means)` is what is posted of a
 * body, as JSON. `win` is the LMS's page, whose leaving and hiding count, as in Moodle (request.js).
 */
export function createTransport({ win, address, wrap }) {
  let away = false;
  for (const name of ["beforeunload", "pagehide", "unload"]) win.addEventListener(name, () => (away = true));
  win.addEventListener("pageshow", () => (away = false));
  win.document.addEventListener("visibilitychange", () => (away = win.document.visibilityState === "hidden"));
  // Plain text, so that a beacon takes the same body.
  const text = (body, means) => JSON.stringify(wrap(body, means));

  return {
    leaving: () => away,
    online: () => win.navigator.onLine,
    handling: () => [() => win.frames[0]?.event, () => win.event].map(typeOf).find(Boolean) ?? "",
    sync(body) {
      const request = new win.XMLHttpRequest();
      request.open("POST", address, false);
      request.send(text(body, "sync"));
      return request.status === 200;
    },
    beacon: (body) => win.navigator.sendBeacon(address, text(body, "beacon")),
    later: (body, { keepalive = false } = {}) =>
      win.fetch(address, { method: "POST", body: text(body, keepalive ? "keepalive" : "fetch"), keepalive })
        .then(({ ok }) => ok, () => false),
  };
}

// A frame of another origin throws.
function typeOf(read) {
  try {
    return read()?.type;
  } catch {
    return "";
  }
}

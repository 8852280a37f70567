// How an LMS's page sends to its server: with the browser's own means, so that what the browser
// denies or loses is lost here as it is there.

/** @import {Means, Transport} from "./types" */

/**
 * @typedef Given
 * @property {Window & typeof globalThis} win The LMS's page, whose leaving and hiding count, as in
 *   Moodle (request.js).
 * @property {string} address Where everything is posted.
 * @property {(body: unknown, means: Means) => unknown} wrap What is posted of a body, as JSON.
 */

/**
 * @param {Given} given
 * @returns {Transport}
 */
export function createTransport({ win, address, wrap }) {
  const away = watchLeaving(win);
  // Plain text, so that a beacon takes the same body.
  const text = (/** @type {unknown} */ body, /** @type {Means} */ means) =>
    JSON.stringify(wrap(body, means));

  return {
    leaving: away,
    online: () => win.navigator.onLine,
    handling: () =>
      typeOf(() => /** @type {Window | undefined} */ (win.frames[0])?.event) ||
      typeOf(() => win.event),
    sync(body) {
      const request = new win.XMLHttpRequest();
      request.open("POST", address, false);
      request.send(text(body, "sync"));
      return request.status === 200;
    },
    beacon: (body) => win.navigator.sendBeacon(address, text(body, "beacon")),
    later: (body, { keepalive = false } = {}) =>
      win
        .fetch(address, {
          method: "POST",
          body: text(body, keepalive ? "keepalive" : "fetch"),
          keepalive,
        })
        .then(
          ({ ok }) => ok,
          () => false,
        ),
  };
}

/**
 * Whether the page is going away or hidden, from now on.
 *
 * @param {Window} win
 */
function watchLeaving(win) {
  let away = false;
  for (const name of ["beforeunload", "pagehide", "unload", "pageshow"]) {
    win.addEventListener(name, () => {
      away = name !== "pageshow";
    });
  }
  win.document.addEventListener("visibilitychange", () => {
    away = win.document.visibilityState === "hidden";
  });
  return () => away;
}

/**
 * The type of an event, "" where there is none: a frame of another origin throws.
 *
 * @param {() => Event | undefined} read
 */
function typeOf(read) {
  try {
    return read()?.type ?? "";
  } catch {
    return "";
  }
}

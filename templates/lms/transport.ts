// How an LMS's page sends to its server: with the browser's own means, so that what the browser
// denies or loses is lost here as it is there.

/** How something was sent. */
export type Means = "sync" | "beacon" | "fetch" | "keepalive";

/** An LMS's page as its server sees it: the browser's own means, or those of a test. */
export interface Transport<Body = unknown> {
  /** A synchronous request: whether it succeeded. Throws where the browser cannot send. */
  sync(body: Body): boolean;
  /** sendBeacon: whether it is queued, which says nothing about arrival. */
  beacon(body: Body): boolean;
  /** fetch: whether it succeeded; never rejects. */
  later(body: Body, options?: { keepalive?: boolean }): Promise<boolean>;
  /** Whether the page is going away or hidden: then synchronous requests are denied. */
  leaving(): boolean;
  /** The type of the event being handled in the course's frame or here, or "". */
  handling(): string;
  /** Whether the browser believes that there is a network. */
  online(): boolean;
}

interface Given {
  /** The LMS's page, whose leaving and hiding count, as in Moodle (request.js). */
  win: Window & typeof globalThis;
  /** Where everything is posted. */
  address: string;
  /** What is posted of a body, as JSON. */
  wrap: (body: unknown, means: Means) => unknown;
}

export function createTransport({ win, address, wrap }: Given): Transport {
  const away = watchLeaving(win);
  // Plain text, so that a beacon takes the same body.
  const text = (body: unknown, means: Means) => JSON.stringify(wrap(body, means));

  return {
    leaving: away,
    online: () => win.navigator.onLine,
    handling: () =>
      typeOf(() => (win.frames[0] as Window | undefined)?.event) || typeOf(() => win.event),
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

/** Whether the page is going away or hidden, from now on. */
function watchLeaving(win: Window) {
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

/** The type of an event, "" where there is none: a frame of another origin throws. */
function typeOf(read: () => Event | undefined) {
  try {
    return read()?.type ?? "";
  } catch {
    return "";
  }
}

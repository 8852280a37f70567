// How an LMS's page sends to its server: by the browser's own means, so that what a browser denies
// or loses is lost here, too.

/** How something was sent. */
export type Means = "sync" | "beacon" | "fetch" | "keepalive";

/** The connection of an LMS's page to its server, by the browser or simulated by a test. */
export interface Transport<Body = unknown> {
  /**
   * Sends a synchronous request; returns whether it succeeded. Throws if the browser cannot send.
   */
  sync(body: Body): boolean;
  /** Calls sendBeacon; returns whether it was queued, which does not prove arrival. */
  beacon(body: Body): boolean;
  /** Calls fetch; resolves to whether it succeeded, and never rejects. */
  later(body: Body, options?: { keepalive?: boolean }): Promise<boolean>;
  /** Whether the page is being unloaded or hidden. Synchronous requests are denied then. */
  leaving(): boolean;
  /** Type of the event that is being handled in the course's frame or in this page; "" for none. */
  handling(): string;
  /** Whether the browser is online. */
  online(): boolean;
}

interface Given {
  /** The LMS's page, whose unload and visibility count, as in Moodle (request.js). */
  win: Window & typeof globalThis;
  /** Address to which everything is posted. */
  address: string;
  /** Returns what to post for a body, as JSON. */
  wrap: (body: unknown, means: Means) => unknown;
}

export function createTransport({ win, address, wrap }: Given): Transport {
  const away = watchLeaving(win);
  // Plain text, so that a beacon can send the same body.
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

/** Returns a function that returns whether the page is being unloaded or hidden. */
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

/** The type of the event; "" if there is none, or the frame is of another origin. */
function typeOf(read: () => Event | undefined) {
  try {
    return read()?.type ?? "";
  } catch {
    return "";
  }
}

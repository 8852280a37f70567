// The connection to the preview's server: events about changes, and messages to the author's
// window.

import type { Look } from "./look.ts";

/** The course has changed, or this page has started listening. */
export interface Cue {
  edition: number;
  /** File of the search index; null for none. */
  search: string | null;
}

export interface Offline {
  on: boolean;
  /** Whether the package is refused because the login has expired. */
  shut: boolean;
}

/** Events of the server, by name. */
export interface Cues {
  hello: Cue;
  view: Cue;
  go: { page: string };
  look: Look;
  point: { on: boolean };
  again: object;
  offline: Offline;
}

export interface Line {
  on<N extends keyof Cues>(name: N, act: (cue: Cues[N]) => void): void;
  /** Sends a message to the author's window. */
  tell(kind: "at" | "changed" | "pointed", said: object): void;
}

/**
 * A hidden window does not listen, because browsers limit connections to a server.
 *
 * @param author Id of the author's window that shows this page.
 */
export function createLine(author: string): Line {
  const window = encodeURIComponent(author);
  let source: EventSource | null = null;
  const listeners: [string, (event: MessageEvent<string>) => void][] = [];

  function listen() {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(`/preview/cues?window=${window}`);
      for (const [name, act] of listeners) source.addEventListener(name, act);
    }
  }
  document.addEventListener("visibilitychange", listen);
  // A page that the browser caches for Back would keep a dead connection.
  addEventListener("pagehide", () => source?.close());
  queueMicrotask(listen);

  return {
    on(name, act) {
      listeners.push([name, (event) => act(JSON.parse(event.data))]);
    },
    tell(kind, said) {
      const body = JSON.stringify({ ...said, kind, window: author });
      fetch("/preview/told", { method: "POST", body, keepalive: true }).catch(() => {});
    },
  };
}

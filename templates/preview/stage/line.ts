// The line to the preview's server: what it tells of changes, and what the author's window is told.

import type { Look } from "./look.ts";

/** The view of the course has changed, or this page has begun to listen. */
export interface Cue {
  edition: number;
  /** The file with the search index, null for none. */
  search: string | null;
}

export interface Offline {
  on: boolean;
  /** Whether the package is refused: the login has expired. */
  shut: boolean;
}

/** What the server tells, by name. */
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
  /** Tells the author's window. */
  tell(kind: "at" | "changed" | "pointed", said: object): void;
}

/**
 * A window that nobody sees listens to nothing: browsers keep few lines open to one server.
 *
 * @param author The author's window that shows this page.
 */
export function createLine(author: string): Line {
  const window = encodeURIComponent(author);
  let source: EventSource | null = null;
  const heard: [string, (event: MessageEvent<string>) => void][] = [];

  function listen() {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(`/preview/cues?window=${window}`);
      for (const [name, act] of heard) source.addEventListener(name, act);
    }
  }
  document.addEventListener("visibilitychange", listen);
  // A page that the browser keeps for Back has lost its line.
  addEventListener("pagehide", () => source?.close());
  queueMicrotask(listen);

  return {
    on(name, act) {
      heard.push([name, (event) => act(JSON.parse(event.data))]);
    },
    tell(kind, said) {
      const body = JSON.stringify({ ...said, kind, window: author });
      fetch("/preview/told", { method: "POST", body, keepalive: true }).catch(() => {});
    },
  };
}

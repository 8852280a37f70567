// The line to the preview's server: what it tells of changes, and what the author's window is told.

/** @import {Cues, Line} from "./types" */

/**
 * A window that nobody sees listens to nothing: browsers keep few lines open to one server.
 *
 * @param {string} author The author's window that shows this page.
 * @returns {Line}
 */
export function createLine(author) {
  const window = encodeURIComponent(author);
  /** @type {EventSource | null} */
  let source = null;
  /** @type {[string, (event: MessageEvent<string>) => void][]} */
  const heard = [];

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

/** @typedef {keyof Cues} CueName */

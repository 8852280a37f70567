// What the author's window asks of the preview's server, and hears from it.

/** @import {Printed, Server} from "./types" */

/**
 * @param {Printed} printed
 * @param {string} name Of this window among all that are open.
 * @returns {Server}
 */
export function createServer(printed, name) {
  /** @type {EventSource | null} */
  let source = null;
  /** @type {[string, (event: MessageEvent<string>) => void][]} */
  const heard = [];
  /** @type {(() => void)[]} */
  const gone = [];

  function listen() {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(`/api/events?window=${name}`);
      source.addEventListener("error", () => {
        for (const act of gone) act();
      });
      for (const [kind, act] of heard) source.addEventListener(kind, act);
    }
  }
  return {
    listen() {
      document.addEventListener("visibilitychange", listen);
      listen();
    },
    on(kind, act) {
      heard.push([kind, (event) => act(JSON.parse(event.data))]);
    },
    lost(act) {
      gone.push(act);
    },
    async get(path) {
      return (await fetch(`/api/${path}`)).json();
    },
    async post(path, given) {
      const reply = await fetch(`/api/${path}`, {
        method: "POST",
        headers: { "X-Token": printed.token },
        body: JSON.stringify(given),
      });
      if (!reply.ok) throw Error(`/api/${path}: ${reply.status}`);
      return reply.json();
    },
    cue(cue, given = {}) {
      return this.post("cue", { ...given, cue, window: name });
    },
  };
}

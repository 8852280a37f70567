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
  // One after the other: of two that are under way the later one may arrive first.
  /** @type {Promise<unknown>} */
  let posted = Promise.resolve();

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
    post(path, given) {
      const reply = posted.then(() => send(printed, path, given));
      posted = reply.catch(() => {});
      return reply;
    },
    cue(cue, given = {}) {
      return this.post("cue", { ...given, cue, window: name });
    },
  };
}

/** @param {Printed} printed @param {string} path @param {object} given */
async function send({ token }, path, given) {
  const reply = await fetch(`/api/${path}`, {
    method: "POST",
    headers: { "X-Token": token },
    body: JSON.stringify(given),
  });
  if (!reply.ok) throw Error(`/api/${path}: ${reply.status}`);
  return reply.json();
}

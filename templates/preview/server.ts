// Requests to the preview's server, and its events.

/** What the server prints into the page. */
export interface Printed {
  /** Id of this run of the server. */
  run: string;
  /** Token that every POST has to carry. */
  token: string;
  /** Origin of the course and its learning system. */
  course: string;
  /** Folder of the author's files; identifies the course. */
  folder: string;
  /** The learning system to start with. */
  profile: string;
  /** Whether the author has named a command that opens places. */
  command: boolean;
}

/** Events of the server, by name. */
export interface ServerEvents {
  hello: { run: string; edition: number };
  view: { edition: number };
  record: object;
  changed: { pages: string[]; at: string; whole: boolean };
  at: { page: string; fresh: boolean };
  pointed: { page: string; question: string; block: string };
}

export interface Server {
  /** Starts listening. */
  listen(): void;
  on<K extends keyof ServerEvents>(kind: K, act: (event: ServerEvents[K]) => void): void;
  /** Registers a listener for lost connections. The browser reconnects by itself. */
  lost(act: () => void): void;
  /** Gets JSON; the caller knows its type. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, given: object): Promise<T>;
  /** Sends a cue to the page with this window's course. */
  cue(cue: string, given?: object): Promise<object>;
}

/** @param name Id of this window. */
export function createServer(printed: Printed, name: string): Server {
  let source: EventSource | null = null;
  const listeners: [string, (event: MessageEvent<string>) => void][] = [];
  const lostListeners: (() => void)[] = [];
  // One request after another, because of two concurrent ones the later may arrive first.
  let posted: Promise<unknown> = Promise.resolve();

  function listen() {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(`/api/events?window=${name}`);
      source.addEventListener("error", () => {
        for (const act of lostListeners) act();
      });
      for (const [kind, act] of listeners) source.addEventListener(kind, act);
    }
  }
  return {
    listen() {
      document.addEventListener("visibilitychange", listen);
      listen();
    },
    on(kind, act) {
      listeners.push([kind, (event) => act(JSON.parse(event.data))]);
    },
    lost(act) {
      lostListeners.push(act);
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

async function send({ token }: Printed, path: string, given: object) {
  const reply = await fetch(`/api/${path}`, {
    method: "POST",
    headers: { "X-Token": token },
    body: JSON.stringify(given),
  });
  if (!reply.ok) throw Error(`/api/${path}: ${reply.status}`);
  return reply.json();
}

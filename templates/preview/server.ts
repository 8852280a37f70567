// What the author's window asks of the preview's server, and hears from it.

/** What the server prints into the page. */
export interface Printed {
  /** Names this run of the server. */
  run: string;
  /** Goes with all that is to be done. */
  token: string;
  /** The origin of the course and its learning system. */
  course: string;
  /** Where the author's files are: it tells the course from others. */
  folder: string;
  /** The learning system to begin with. */
  profile: string;
  /** Whether the author has named a command that opens places. */
  command: boolean;
}

/** What the server tells, by name. */
export interface Told {
  hello: { run: string; edition: number };
  view: { edition: number };
  record: object;
  changed: { pages: string[]; at: string; whole: boolean };
  at: { page: string; fresh: boolean };
  pointed: { page: string; question: string; block: string };
}

export interface Server {
  /** Hear from now on. */
  listen(): void;
  on<K extends keyof Told>(kind: K, act: (event: Told[K]) => void): void;
  /** The line has broken; the browser tries again by itself. */
  lost(act: () => void): void;
  /** What the server says; whoever asks knows what it is. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, given: object): Promise<T>;
  /** Tells the page that has the course of this window. */
  cue(cue: string, given?: object): Promise<object>;
}

/** @param name Of this window among all that are open. */
export function createServer(printed: Printed, name: string): Server {
  let source: EventSource | null = null;
  const heard: [string, (event: MessageEvent<string>) => void][] = [];
  const gone: (() => void)[] = [];
  // One after the other: of two that are under way the later one may arrive first.
  let posted: Promise<unknown> = Promise.resolve();

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

async function send({ token }: Printed, path: string, given: object) {
  const reply = await fetch(`/api/${path}`, {
    method: "POST",
    headers: { "X-Token": token },
    body: JSON.stringify(given),
  });
  if (!reply.ok) throw Error(`/api/${path}: ${reply.status}`);
  return reply.json();
}

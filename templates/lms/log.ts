// Every call of the API, sent to the server.

import { ERROR, type Api, type ApiFunction } from "./runtime.ts";
import type { Code } from "./model.ts";

/** One call of the API. */
export interface Call {
  /** The number of the launch, from 1. */
  launch: number;
  /** From 0, in this launch. */
  order: number;
  name: string;
  args: string[];
  /** Whether the arguments were strings. */
  strings: boolean;
  value: string;
  /** The code after the call. */
  error: Code;
  /** Milliseconds since the epoch. */
  at: number;
  /** What it threw, or "". */
  threw: string;
  /** Of the value, where the log has only its beginning. */
  length?: number;
}

export interface Log {
  /** Tells of every call from now on. */
  listen: (listener: (call: Call) => void) => void;
  /** The API, observed. */
  watch: (api: Api) => { [name: string]: ApiFunction };
  /** A promise of when nothing of it is under way. */
  sent: () => Promise<void>;
}

const LONG = 300;
let aside: HTMLIFrameElement | undefined;

/**
 * The calls of one launch. Those of a page that is going away leave as beacons of their own, a long
 * value shortened and its `length` beside it: the browser's limit of what may be on the way belongs
 * to the LMS.
 */
export function createLog({
  launch,
  address,
  leaving,
}: {
  launch: number;
  address: string;
  leaving: () => boolean;
}): Log {
  const listeners = new Set<(call: Call) => void>();
  let waiting: Call[] = [];
  let sending = false;
  let underWay: Promise<boolean> = Promise.resolve(true);
  let count = 0;

  async function send() {
    if (sending || !waiting.length) return;
    sending = true;
    const batch = waiting;
    waiting = [];
    underWay = post(address, batch);
    const ok = await underWay;
    if (!ok) waiting = [...batch, ...waiting];
    sending = false;
    if (ok) send();
  }

  function note(call: Call) {
    count += 1;
    if (leaving()) {
      navigator.sendBeacon(address, JSON.stringify([...waiting.splice(0), short(call)]));
    } else {
      waiting.push(call);
      queueMicrotask(send);
    }
    for (const listener of listeners) listener(call);
  }
  addEventListener("online", send);

  return {
    listen(listener) {
      listeners.add(listener);
    },
    async sent() {
      while (sending) await underWay;
    },
    watch: (api) =>
      Object.fromEntries(
        Object.keys(api).map((name) => [
          name,
          (...args) => observed(api, name, args, { launch, order: count }, note),
        ]),
      ),
  };
}

/** Calls a function of the API, and notes what came of it. */
function observed(
  api: Api,
  name: string,
  args: unknown[],
  { launch, order }: { launch: number; order: number },
  note: (call: Call) => void,
) {
  const call: Call = {
    launch,
    order,
    name,
    args: args.map(String),
    strings: args.every((arg) => typeof arg === "string"),
    value: "",
    error: "",
    at: Date.now(),
    threw: "",
  };
  try {
    const value = api[name](...args);
    call.value = String(value);
    return value;
  } catch (error) {
    call.threw = String(error);
    throw error;
  } finally {
    call.error = api[ERROR];
    note(call);
  }
}

/**
 * Posts calls from a frame of its own: a course reads the requests of this window to see what the
 * LMS sends.
 */
function post(address: string, calls: Call[]) {
  if (!aside) {
    aside = document.createElement("iframe");
    // Out of reach: the course's frame stays the only one of this window.
    const place = document.createElement("div");
    place.hidden = true;
    place.attachShadow({ mode: "closed" }).append(aside);
    document.body.append(place);
  }
  const win = aside.contentWindow as Window;
  return win
    .fetch(new URL(address, location.href), { method: "POST", body: JSON.stringify(calls) })
    .then(
      (reply) => reply.ok,
      () => false,
    );
}

function short(call: Call): Call {
  const value = call.args.at(-1) ?? "";
  if (value.length <= LONG) return call;
  const words = `${value.slice(0, LONG)}… (${value.length} characters)`;
  return { ...call, args: [...call.args.slice(0, -1), words], length: value.length };
}

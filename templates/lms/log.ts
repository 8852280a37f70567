// Logs every call of the API to the server.

import { ERROR, type Api, type ApiFunction } from "./runtime.ts";
import type { Code } from "./model.ts";

/** One call of the API. */
export interface Call {
  /** Number of the launch, from 1. */
  launch: number;
  /** Number of the call in this launch, from 0. */
  order: number;
  name: string;
  args: string[];
  /** Whether all arguments were strings. */
  strings: boolean;
  value: string;
  /** Error code after the call. */
  error: Code;
  /** Ms since 1970. */
  at: number;
  /** The exception as text, or "". */
  threw: string;
  /** Length of the value, if the log has only its beginning. */
  length?: number;
}

export interface Log {
  /** Calls the listener with each later call. */
  listen: (listener: (call: Call) => void) => void;
  /** Wraps the API so that calls are logged. */
  watch: (api: Api) => { [name: string]: ApiFunction };
  /** Resolves when nothing is being sent. */
  sent: () => Promise<void>;
}

const LONG = 300;
let logFrame: HTMLIFrameElement | undefined;

/**
 * Logs the calls of one launch. Calls during unload are sent as beacons, with long values shortened
 * and their `length` noted, so that they do not use up the browser's limit for the LMS's own
 * beacons.
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

  function record(call: Call) {
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
          (...args) => observed(api, name, args, { launch, order: count }, record),
        ]),
      ),
  };
}

/** Calls a function of the API, and logs the result. */
function observed(
  api: Api,
  name: string,
  args: unknown[],
  { launch, order }: { launch: number; order: number },
  record: (call: Call) => void,
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
    record(call);
  }
}

/**
 * Posts calls from a separate frame, because a course may observe the requests of this window to
 * see what the LMS sends.
 */
function post(address: string, calls: Call[]) {
  if (!logFrame) {
    logFrame = document.createElement("iframe");
    // In a closed shadow root, so that the course's frame stays the only one in window.frames.
    const place = document.createElement("div");
    place.hidden = true;
    place.attachShadow({ mode: "closed" }).append(logFrame);
    document.body.append(place);
  }
  const win = logFrame.contentWindow as Window;
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

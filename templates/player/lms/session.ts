// The calls of one visit, guarded: an LMS may lack a function, throw, or return a boolean.

import type { Api } from "./find-api.ts";

/** One visit over an API; nothing here throws. */
export interface Session {
  readonly state: "closed" | "running" | "finished";
  /** Whether there is an API. */
  found: boolean;
  /** Whether the LMS can be told to close a visit; one that cannot saves each call by itself. */
  canFinish: boolean;
  initialise(): boolean;
  /** The value of an element, "" where the LMS gives none. */
  get(element: string): string;
  /** As `get`, but null where the LMS failed to read the element. */
  read(element: string): string | null;
  /** Whether the LMS took the value. */
  set(element: string, value: string): boolean;
  /** Whether the LMS says that it has stored; null where it has no such function. */
  commit(): boolean | null;
  /** Acts once no call of the LMS is on the stack. */
  idle(act: () => void): void;
  /** The LMS is gone: nothing more is called. */
  drop(): void;
  finish(): boolean;
}

// The codes of an element that was never set; 403 is that of SCORM 2004, some LMSs mix them.
const NO_ERROR = /^(0|403)?$/;

/** Calls the functions of an API; `log` hears of what is refused. */
function createCalls(api: Api | null, log: (message: string) => void) {
  let running = 0;
  const waiting: (() => void)[] = [];

  function release() {
    while (!running && waiting.length) (waiting.shift() as () => void)();
  }

  /** Whether there is a function, and what it gives as text: null where it threw. */
  function call(name: string, ...args: (string | null)[]): [there: boolean, said: string | null] {
    running += 1;
    try {
      if (!api || typeof api[name] !== "function") return [false, ""];
      return [true, String(api[name](...args) ?? "")];
    } catch (error) {
      log(`${name}(${args[0] ?? ""}) threw ${error}`);
      return [true, null];
    } finally {
      running -= 1;
      queueMicrotask(release);
    }
  }

  const value = (name: string, ...args: (string | null)[]) => call(name, ...args)[1];

  return {
    value,
    /** Whether a function says "true"; null where there is none. */
    accepted(name: string, ...args: string[]) {
      const [there, said] = call(name, ...args);
      if (!there) return null;
      if (said === "true") return true;
      const code = value("LMSGetLastError");
      log(`${name}(${args[0]}) gave ${said}: ${code} ${value("LMSGetErrorString", code)}`);
      return false;
    },
    idle(act: () => void) {
      waiting.push(act);
      release();
    },
  };
}

/**
 * One visit over an API (null where no LMS was found).
 *
 * `log(message)` hears of every refused call; nothing here throws. `state` is "closed" before
 * `initialise`, then "running", then "finished" for good: SCORM 1.2 has no second visit in a page.
 */
export function createSession(api: Api | null, log: (message: string) => void): Session {
  const { value, accepted, idle } = createCalls(api, log);
  let state: Session["state"] = "closed";
  const running = () => state === "running";

  return {
    get state() {
      return state;
    },
    found: Boolean(api),
    canFinish: reachable(api, "LMSFinish"),
    initialise() {
      if (state === "closed" && accepted("LMSInitialize", "")) state = "running";
      return running();
    },
    get: (element) => (running() && value("LMSGetValue", element)) || "",
    read(element) {
      if (!running()) return "";
      const said = value("LMSGetValue", element);
      return said || NO_ERROR.test(value("LMSGetLastError") as string) ? said : null;
    },
    set: (element, text) => running() && Boolean(accepted("LMSSetValue", element, String(text))),
    commit: () => running() && accepted("LMSCommit", ""),
    // Firefox delivers events while a synchronous request of the LMS runs; one that saves then
    // would find a batch half written.
    idle,
    drop() {
      state = "finished";
    },
    finish() {
      if (!running()) return false;
      const said = Boolean(accepted("LMSFinish", ""));
      state = "finished";
      return said;
    },
  };
}

function reachable(api: Api | null, name: string) {
  try {
    return typeof api?.[name] === "function";
  } catch {
    return false;
  }
}

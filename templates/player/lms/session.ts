// Guards the calls of the SCORM API: an LMS may lack a function, throw, or return a boolean.

import type { Api } from "./find-api.ts";

/** One visit over an API. No method throws. */
export interface Session {
  readonly state: "closed" | "running" | "finished";
  /** Whether there is an API. */
  found: boolean;
  /** Whether the LMS has LMSFinish; one that has not saves each call by itself. */
  canFinish: boolean;
  initialise(): boolean;
  /** The value of an element; "" if the LMS returns none. */
  get(element: string): string;
  /** As `get`, but null if the LMS failed to read the element. */
  read(element: string): string | null;
  /** How long the last `read` blocked the page, in ms. */
  readonly readMs: number;
  /** Whether the LMS accepted the value. */
  set(element: string, value: string): boolean;
  /** Whether the LMS says that it has stored the values; null if it has no LMSCommit. */
  commit(): boolean | null;
  /**
   * Calls `act` once no call of the LMS is on the stack. Firefox delivers events during a
   * synchronous request of the LMS; a save started there would find a half-written batch.
   */
  idle(act: () => void): void;
  /** The LMS is gone: make no more calls. */
  drop(): void;
  finish(): boolean;
}

// Codes for an element that was never set. 403 is that of SCORM 2004, which some LMSs use.
const NO_ERROR = /^(0|403)?$/;

/** Calls the functions of an API; refused calls are logged. */
function createCalls(api: Api | null, log: (message: string) => void) {
  let running = 0;
  const waiting: (() => void)[] = [];

  function release() {
    while (!running && waiting.length) (waiting.shift() as () => void)();
  }

  /** Returns whether the function exists, and its result as text: null if it threw. */
  function call(
    name: string,
    ...args: (string | null)[]
  ): [exists: boolean, result: string | null] {
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
    /** Whether a function returned "true"; null if it does not exist. */
    accepted(name: string, ...args: string[]) {
      const [exists, result] = call(name, ...args);
      if (!exists) return null;
      if (result === "true") return true;
      const code = value("LMSGetLastError");
      log(`${name}(${args[0]}) gave ${result}: ${code} ${value("LMSGetErrorString", code)}`);
      return false;
    },
    idle(act: () => void) {
      waiting.push(act);
      release();
    },
  };
}

/**
 * `log(message)` is called for every refused call. `state` is "closed", then "running", then
 * "finished" for good: SCORM 1.2 allows one visit in a page.
 */
export function createSession(api: Api | null, log: (message: string) => void): Session {
  const { value, accepted, idle } = createCalls(api, log);
  let state: Session["state"] = "closed";
  let readMs = 0;
  const running = () => state === "running";

  return {
    get state() {
      return state;
    },
    get readMs() {
      return readMs;
    },
    found: Boolean(api),
    canFinish: hasFunction(api, "LMSFinish"),
    initialise() {
      if (state === "closed" && (accepted("LMSInitialize", "") || isOpen(api))) {
        state = "running";
        setOpen(api, true);
      }
      return running();
    },
    get: (element) => (running() && value("LMSGetValue", element)) || "",
    read(element) {
      if (!running()) return "";
      const before = performance.now();
      const result = value("LMSGetValue", element);
      readMs = performance.now() - before;
      return result || NO_ERROR.test(value("LMSGetLastError") as string) ? result : null;
    },
    set: (element, text) => running() && Boolean(accepted("LMSSetValue", element, String(text))),
    commit: () => running() && accepted("LMSCommit", ""),
    idle,
    drop() {
      state = "finished";
    },
    finish() {
      if (!running()) return false;
      const result = Boolean(accepted("LMSFinish", ""));
      setOpen(api, false);
      state = "finished";
      return result;
    },
  };
}

// Some pages of LMSs load the course twice, and cut the first load off before it can close the
// visit. The second LMSInitialize is refused with 101, but the visit can go on. The first load
// marks the API, which both have.
const OPEN = "scormBuilderVisit";

function isOpen(api: Api | null) {
  try {
    return api?.[OPEN] === true;
  } catch {
    return false;
  }
}

function setOpen(api: Api | null, yes: boolean) {
  try {
    if (api) api[OPEN] = yes;
  } catch {
    // It cannot be changed.
  }
}

function hasFunction(api: Api | null, name: string) {
  try {
    return typeof api?.[name] === "function";
  } catch {
    return false;
  }
}

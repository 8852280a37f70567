// The calls of one visit, guarded: an LMS may lack a function, throw, or return a boolean.

/** @import {Api, Session} from "../types" */

// The codes of an element that was never set; 403 is that of SCORM 2004, some LMSs mix them.
const NO_ERROR = /^(0|403)?$/;

/**
 * Calls the functions of an API; `log` hears of what is refused.
 *
 * @param {Api | null} api
 * @param {(message: string) => void} log
 */
function createCalls(api, log) {
  let running = 0;
  /** @type {(() => void)[]} */
  const waiting = [];

  function release() {
    while (!running && waiting.length) /** @type {() => void} */ (waiting.shift())();
  }

  /**
   * Whether there is a function, and what it gives as text: null where it threw.
   *
   * @param {string} name
   * @param {(string | null)[]} args
   * @returns {[there: boolean, said: string | null]}
   */
  function call(name, ...args) {
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

  /**
   * @param {string} name
   * @param {(string | null)[]} args
   */
  const value = (name, ...args) => call(name, ...args)[1];

  return {
    value,
    /**
     * Whether a function says "true"; null where there is none.
     *
     * @param {string} name
     * @param {string[]} args
     */
    accepted(name, ...args) {
      const [there, said] = call(name, ...args);
      if (!there) return null;
      if (said === "true") return true;
      const code = value("LMSGetLastError");
      log(`${name}(${args[0]}) gave ${said}: ${code} ${value("LMSGetErrorString", code)}`);
      return false;
    },
    /** @param {() => void} act */
    idle(act) {
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
 *
 * @param {Api | null} api
 * @param {(message: string) => void} log
 * @returns {Session}
 */
export function createSession(api, log) {
  const { value, accepted, idle } = createCalls(api, log);
  /** @type {Session["state"]} */
  let state = "closed";
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
      return said || NO_ERROR.test(/** @type {string} */ (value("LMSGetLastError"))) ? said : null;
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

/**
 * @param {Api | null} api
 * @param {string} name
 */
function reachable(api, name) {
  try {
    return typeof api?.[name] === "function";
  } catch {
    return false;
  }
}

// The calls of one visit, guarded: an LMS may lack a function, throw, or return a boolean.

/** @import {Api, Session} from "../types" */

// The codes of an element that was never set; 403 is that of SCORM 2004, some LMSs mix them.
const NO_ERROR = /^(0|403)?$/;

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
  /** @type {Session["state"]} */
  let state = "closed";
  let calls = 0;
  /** @type {(() => void)[]} */
  const waiting = [];

  function release() {
    while (!calls && waiting.length) /** @type {() => void} */ (waiting.shift())();
  }

  /**
   * @param {string} name
   * @param {(string | null)[]} args
   */
  function call(name, ...args) {
    calls += 1;
    try {
      if (!api || typeof api[name] !== "function") return { there: false, value: "" };
      return { there: true, value: String(api[name](...args) ?? "") };
    } catch (error) {
      log(`${name}(${args[0] ?? ""}) threw ${error}`);
      return { there: true, value: null };
    } finally {
      calls -= 1;
      queueMicrotask(release);
    }
  }

  /**
   * @param {string} name
   * @param {string[]} args
   */
  function accepted(name, ...args) {
    const given = call(name, ...args);
    if (given.there && given.value !== "true") {
      const code = call("LMSGetLastError").value;
      log(
        `${name}(${args[0]}) gave ${given.value}: ${code} ${call("LMSGetErrorString", code).value}`,
      );
    }
    return given;
  }

  return {
    get state() {
      return state;
    },
    found: Boolean(api),
    /** Whether the LMS can be told to close a visit; one that cannot saves each call by itself. */
    canFinish: reachable(api, "LMSFinish"),
    initialise() {
      if (state === "closed" && accepted("LMSInitialize", "").value === "true") state = "running";
      return state === "running";
    },
    /** The value of an element, "" where the LMS gives none. */
    get(element) {
      return (state === "running" && call("LMSGetValue", element).value) || "";
    },
    /** As `get`, but null where the LMS failed to read the element. */
    read(element) {
      if (state !== "running") return "";
      const { value } = call("LMSGetValue", element);
      return value || NO_ERROR.test(/** @type {string} */ (call("LMSGetLastError").value))
        ? value
        : null;
    },
    /** Whether the LMS took the value. */
    set(element, value) {
      return (
        state === "running" && accepted("LMSSetValue", element, String(value)).value === "true"
      );
    },
    /** Whether the LMS says that it has stored; null where it has no such function. */
    commit() {
      if (state !== "running") return false;
      const given = accepted("LMSCommit", "");
      return given.there ? given.value === "true" : null;
    },
    /**
     * Act once no call of the LMS is on the stack and the code that made it is done, at once where
     * none is. Firefox delivers events while a synchronous request of the LMS runs; one that saves
     * then would find a batch half written.
     */
    idle(act) {
      waiting.push(act);
      release();
    },
    /** The LMS is gone: nothing more is called. */
    drop() {
      state = "finished";
    },
    finish() {
      if (state !== "running") return false;
      const given = accepted("LMSFinish", "");
      state = "finished";
      return given.value === "true";
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

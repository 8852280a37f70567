// Faults of the API itself. Those of the line and the server (down, slow, losing what it confirms,
// an expired session) are the server's own (builder/lms/server.py).

import { ERROR } from "./runtime.js";

const CODE = "101";

/**
 * An API with faults, which may change at any time: `faults.initialise` is "false" where
 * LMSInitialize fails, `faults.refuse` the elements that LMSSetValue fails for, `faults.throws` the
 * names of functions that throw.
 */
export function withFaults(api, faults) {
  let failed = false;
  const fails = (name, [element]) =>
    (name === "LMSInitialize" && faults.initialise === "false") ||
    (name === "LMSSetValue" && faults.refuse?.includes(element));

  const wrap = (name) => (...args) => {
    if (faults.throws?.includes(name)) throw new Error(`${name} fails`);
    if (name === "LMSGetLastError" && failed) return CODE;
    if (name.startsWith("LMSGetError") || name.startsWith("LMSGetDiagnostic")) return api[name](...args);
    failed = fails(name, args);
    return failed ? "false" : api[name](...args);
  };
  const faulty = Object.fromEntries(Object.keys(api).map((name) => [name, wrap(name)]));
  return Object.defineProperty(faulty, ERROR, { get: () => (failed ? CODE : api[ERROR]) });
}

// Faults of the API itself. Those of the line and the server (down, slow, losing what it confirms,
// an expired session) are the server's own (builder/lms/server.py).

import { ERROR } from "./runtime.js";

/** @import {Api, ApiFaults, ApiFunction} from "./types" */

const CODE = "101";

/**
 * An API with faults, which may change at any time.
 *
 * @param {Api} api
 * @param {ApiFaults} faults
 * @returns {Api}
 */
export function withFaults(api, faults) {
  let failed = false;

  /** @type {(name: string) => ApiFunction} */
  const wrap =
    (name) =>
    (...args) => {
      if (faults.throws?.includes(name)) throw new Error(`${name} fails`);
      if (name === "LMSGetLastError" && failed) return CODE;
      if (name.startsWith("LMSGetError") || name.startsWith("LMSGetDiagnostic"))
        return api[name](...args);
      failed = fails(faults, name, args);
      return failed ? "false" : api[name](...args);
    };
  const faulty = Object.fromEntries(Object.keys(api).map((name) => [name, wrap(name)]));
  return Object.defineProperty(/** @type {Api} */ (faulty), ERROR, {
    get: () => (failed ? CODE : api[ERROR]),
  });
}

/**
 * @param {ApiFaults} faults
 * @param {string} name
 * @param {unknown[]} args
 */
const fails = ({ initialise, refuse }, name, [element]) =>
  (name === "LMSInitialize" && initialise === "false") ||
  (name === "LMSSetValue" && Boolean(refuse?.includes(String(element))));

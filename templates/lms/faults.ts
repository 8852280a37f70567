// Faults of the API itself. builder/preview/lms/server.py simulates faults of connection and
// server: offline, slow, lost data, expired session.

import { ERROR, type Api, type ApiFunction } from "./runtime.ts";

/** Faults of the API, which may change at any time. */
export interface ApiFaults {
  /** "false" if LMSInitialize fails. */
  initialise?: string;
  /** Elements for which LMSSetValue fails. */
  refuse?: string[];
  /** Functions that throw. */
  throws?: string[];
  /** Number of characters of cmi.suspend_data that are kept; 0 for all. */
  state_limit?: number;
}

/** All faults of the LMS; builder/preview/lms/server.py describes those of the server. */
export interface Faults extends ApiFaults {
  delay: number;
  status: number;
  drop: boolean;
  cut: boolean;
  expired: boolean;
}

const CODE = "101";

/** Wraps an API so that it has the faults, which may change at any time. */
export function withFaults(api: Api, faults: ApiFaults): Api {
  let failed = false;

  const wrap =
    (name: string): ApiFunction =>
    (...args) => {
      if (faults.throws?.includes(name)) throw new Error(`${name} fails`);
      if (name === "LMSGetLastError" && failed) return CODE;
      if (name.startsWith("LMSGetError") || name.startsWith("LMSGetDiagnostic"))
        return api[name](...args);
      failed = fails(faults, name, args);
      return failed ? "false" : api[name](...shortened(faults, name, args));
    };
  const faulty = Object.fromEntries(Object.keys(api).map((name) => [name, wrap(name)]));
  return Object.defineProperty(faulty as Api, ERROR, {
    get: () => (failed ? CODE : api[ERROR]),
  });
}

const shortened = ({ state_limit: limit }: ApiFaults, name: string, args: unknown[]) =>
  limit && name === "LMSSetValue" && args[0] === "cmi.suspend_data"
    ? [args[0], String(args[1]).slice(0, limit)]
    : args;

const fails = ({ initialise, refuse }: ApiFaults, name: string, [element]: unknown[]) =>
  (name === "LMSInitialize" && initialise === "false") ||
  (name === "LMSSetValue" && Boolean(refuse?.includes(String(element))));

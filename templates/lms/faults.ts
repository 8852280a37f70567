// Faults of the API itself. Those of the line and the server (down, slow, losing what it confirms,
// an expired session) are the server's own (builder/preview/lms/server.py).

import { ERROR, type Api, type ApiFunction } from "./runtime.ts";

/** Faults of the API itself, which may change at any time. */
export interface ApiFaults {
  /** "false" where LMSInitialize fails. */
  initialise?: string;
  /** The elements that LMSSetValue fails for. */
  refuse?: string[];
  /** The functions that throw. */
  throws?: string[];
}

/** What goes wrong with the LMS; described where it acts, in builder/preview/lms/server.py. */
export interface Faults extends ApiFaults {
  delay: number;
  status: number;
  drop: boolean;
  cut: boolean;
  expired: boolean;
}

const CODE = "101";

/** An API with faults, which may change at any time. */
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
      return failed ? "false" : api[name](...args);
    };
  const faulty = Object.fromEntries(Object.keys(api).map((name) => [name, wrap(name)]));
  return Object.defineProperty(faulty as Api, ERROR, {
    get: () => (failed ? CODE : api[ERROR]),
  });
}

const fails = ({ initialise, refuse }: ApiFaults, name: string, [element]: unknown[]) =>
  (name === "LMSInitialize" && initialise === "false") ||
  (name === "LMSSetValue" && Boolean(refuse?.includes(String(element))));

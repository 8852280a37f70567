// The API object that a SCO sees, answering as the profile's LMS does.

import { storedValue, writeError, readElement } from "./element-access.ts";
import type { Code, Model, Value } from "./model.ts";
import type { Profile, Settings } from "./profile-contract.ts";
import type { Elements } from "./stored.ts";
import type { Transport } from "./transport.ts";

/** Before LMSInitialize, after it, after LMSFinish. */
export type Phase = "new" | "running" | "finished";

/** Calls `call` after `ms`. The returned function cancels that. */
export type Timer = (call: () => void, ms: number) => () => void;

/** What the functions of a profile work with. */
export interface Runtime<Memory = unknown, Body = unknown> {
  settings: Settings;
  /** What the LMS printed into its page at launch. Never changes. */
  page: ReadonlyMap<string, Value>;
  /** The current values. */
  values: Map<string, Value>;
  /** State of the profile, for as long as the page is open. */
  memory: Memory;
  transport: Transport<Body>;
  timer: Timer;
  /** Calls LMSCommit, for auto-commit. */
  commit(): void;
}

/** A course may pass any arguments. */
export type ApiFunction = (...args: unknown[]) => unknown;

/** The API object: the functions that the LMS has, and the last error. */
export type Api = { [name: string]: ApiFunction } & {
  /** Unlike LMSGetLastError, it never sends a request to the server, as some LMSs do. */
  readonly [ERROR]: Code;
};

/** Property of an API: the error code of its last call. */
export const ERROR = Symbol("error");

/** One page of the LMS, from its launch. */
interface Session {
  profile: Profile;
  model: Model;
  rt: Runtime;
  phase: Phase;
  /** Of the last call. */
  error: Code;
}

interface Given {
  profile: Profile;
  settings: Settings;
  /** What the LMS printed at launch. */
  page: Elements;
  transport: Transport;
  timer: Timer;
}

/** Creates the API. Its functions may throw if those of the LMS do. */
export function createRuntime({ profile, settings, page, transport, timer }: Given): Api {
  const rt: Runtime = {
    settings,
    page: new Map(Object.entries(page)),
    values: new Map(),
    memory: profile.memory(),
    transport,
    timer,
    commit: () => API.LMSCommit(session, [""]),
  };
  const session: Session = {
    profile,
    model: profile.model(settings),
    rt,
    phase: "new",
    error: "0",
  };
  if (!profile.session) profile.begin(rt);

  const offered: [string, ApiFunction][] = profile.functions.map((name) => [
    name,
    (...args) => API[name](session, args),
  ]);
  return Object.defineProperty(Object.fromEntries(offered) as Api, ERROR, {
    get: () => session.error,
  });
}

const API: { [name: string]: (session: Session, args: unknown[]) => unknown } = {
  LMSInitialize(session, args) {
    const { profile, rt } = session;
    session.error = profile.codes.ok;
    const first = session.phase === "new" || (session.phase === "finished" && profile.again);
    if (profile.session && (first || profile.again)) profile.begin(rt);
    if (!profile.empty(args)) return refuse(session, profile.codes.argument);
    if (profile.session && !first) return refuse(session, profile.codes.again);
    session.phase = "running";
    return agree(session);
  },
  LMSFinish: finish,
  // An LMS may have this in place of LMSFinish, by its SCORM 2004 name.
  LMSTerminate: finish,
  LMSCommit(session, args) {
    const { profile, rt } = session;
    const code = closed(session, args);
    if (code) return refuse(session, code);
    return profile.onCommit(rt) ? agree(session) : refuse(session, profile.codes.general);
  },
  LMSGetValue(session, args) {
    const { codes } = session.profile;
    if (!isRunning(session)) return end(session, codes.closed, "");
    if (!hasElement(session, args, 1)) return end(session, codes.argument, "");
    const { code, value } = readElement(session, String(args[0]));
    return end(session, code, value);
  },
  LMSSetValue(session, args) {
    const { profile, rt } = session;
    const { codes, types, strings } = profile;
    const value = args[1];
    if (types && !types.includes(typeof value)) return refuse(session, codes.type);
    if (!isRunning(session)) return refuse(session, codes.closed);
    if (!hasElement(session, args, 2)) return refuse(session, codes.argument);
    const element = String(args[0]);
    const code = writeError(session, element, strings ? value : String(value));
    if (code !== codes.ok) return refuse(session, code);
    const now = storedValue(session, element, String(value));
    rt.values.set(element, now);
    profile.onSet(rt, element, now);
    return agree(session);
  },
  LMSGetLastError: ({ profile, error, rt }) => profile.lastError(error, rt),
  LMSGetErrorString: ({ profile, error }, [code]) => profile.errorString(code as Code, error),
  LMSGetDiagnostic: ({ profile, error }, [code]) => profile.diagnostic(code as Code, error),
};

function finish(session: Session, args: unknown[]) {
  const { profile, rt } = session;
  const code = closed(session, args);
  if (code) return refuse(session, code);
  // If calls still work after LMSFinish, a second one has no effect.
  if (session.phase === "finished" && profile.session)
    return end(session, profile.codes.again, profile.says(true));
  // The session of an LMS ends even if sending fails.
  session.phase = "finished";
  return profile.onFinish(rt) ? agree(session) : refuse(session, profile.codes.general);
}

/** The error code if LMSCommit or LMSFinish does nothing; "" if it works. */
function closed(session: Session, args: unknown[]) {
  const { codes, empty } = session.profile;
  if (!empty(args)) return codes.argument;
  return isRunning(session) ? "" : codes.closed;
}

const isRunning = ({ profile, phase }: Session) => !profile.session || profile.open(phase);

/**
 * Whether the first argument is an element and, if the LMS checks it, the number of arguments is
 * right.
 */
const hasElement = ({ profile }: Session, args: unknown[], count: number) =>
  Boolean(args[0]) && (!profile.strings || (args.length === count && typeof args[0] === "string"));

function end<Answer>(session: Session, code: Code, answer: Answer) {
  session.error = code;
  return answer;
}

const agree = (session: Session) =>
  end(session, session.profile.codes.ok, session.profile.says(true));

const refuse = (session: Session, code: Code) => end(session, code, session.profile.says(false));

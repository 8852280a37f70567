// The API object that a SCO sees, as a profile's LMS answers.

import { kept, refusal, shown } from "./element-access.ts";
import type { Code, Model, Value } from "./model.ts";
import type { Profile, Settings } from "./profile-contract.ts";
import type { Elements } from "./stored.ts";
import type { Transport } from "./transport.ts";

/** Where a run-time is: before LMSInitialize, after it, after LMSFinish. */
export type Phase = "new" | "running" | "finished";

/** Calls something in so many ms; calling what it gives prevents that. */
export type Timer = (call: () => void, ms: number) => () => void;

/** What the behaviours of a run-time are given. */
export interface Runtime<Memory = unknown, Body = unknown> {
  settings: Settings;
  /** What the LMS printed into its page at launch; never changes. */
  page: ReadonlyMap<string, Value>;
  /** What the run-time holds. */
  values: Map<string, Value>;
  /** What the profile has to remember as long as the page lives. */
  memory: Memory;
  transport: Transport<Body>;
  timer: Timer;
  /** What LMSCommit does, for autocommit. */
  commit(): void;
}

/** Arguments come from a course, which may give anything. */
export type ApiFunction = (...args: unknown[]) => unknown;

/** The object that a course finds: the functions that its LMS has, and the last error. */
export type Api = { [name: string]: ApiFunction } & {
  /** Without asking the API: some LMSs ask their server. */
  readonly [ERROR]: Code;
};

/** Of an API: the error of its last call. */
export const ERROR = Symbol("error");

/** One page of the LMS, from its launch on. */
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

/** The functions of the API, by name. They may throw where the LMS's do. */
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
  // What an LMS may have instead: the end of a visit by the name that SCORM 2004 has for it.
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
    const { code, value } = shown(session, String(args[0]));
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
    const code = refusal(session, element, strings ? value : String(value));
    if (code !== codes.ok) return refuse(session, code);
    const now = kept(session, element, String(value));
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
  // Where calls still work after the end, a second one ends nothing.
  if (session.phase === "finished" && profile.session)
    return end(session, profile.codes.again, profile.says(true));
  // An LMS's session is over even when what its end sends fails.
  session.phase = "finished";
  return profile.onFinish(rt) ? agree(session) : refuse(session, profile.codes.general);
}

/** Why LMSCommit or LMSFinish does nothing, "" where it does. */
function closed(session: Session, args: unknown[]) {
  const { codes, empty } = session.profile;
  if (!empty(args)) return codes.argument;
  return isRunning(session) ? "" : codes.closed;
}

const isRunning = ({ profile, phase }: Session) => !profile.session || profile.open(phase);

/**
 * Whether the arguments begin with an element, and are as many as they ought to be where the LMS
 * looks.
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

// The API object that a SCO sees, as a profile's LMS answers.

import { kept, refusal, shown } from "./element-access.js";

/**
 * @import {Api, ApiFunction, Code, Elements, Model, Phase, Profile, Runtime, Settings, Timer,
 *   Transport} from "./types"
 */

/** Of an API: the error of its last call. */
export const ERROR = Symbol("error");

/**
 * One page of the LMS, from its launch on.
 *
 * @typedef Session
 * @property {Profile} profile
 * @property {Model} model
 * @property {Runtime} rt
 * @property {Phase} phase
 * @property {Code} error Of the last call.
 */

/**
 * @typedef Given
 * @property {Profile} profile
 * @property {Settings} settings
 * @property {Elements} page What the LMS printed at launch.
 * @property {Transport} transport
 * @property {Timer} timer
 */

/**
 * The functions of the API, by name. They may throw where the LMS's do.
 *
 * @param {Given} given
 * @returns {Api}
 */
export function createRuntime({ profile, settings, page, transport, timer }) {
  /** @type {Runtime} */
  const rt = {
    settings,
    page: new Map(Object.entries(page)),
    values: new Map(),
    memory: profile.memory(),
    transport,
    timer,
    commit: () => API.LMSCommit(session, [""]),
  };
  /** @type {Session} */
  const session = { profile, model: profile.model(settings), rt, phase: "new", error: "0" };
  if (!profile.session) profile.begin(rt);

  /** @type {[string, ApiFunction][]} */
  const offered = profile.functions.map((name) => [name, (...args) => API[name](session, args)]);
  return Object.defineProperty(/** @type {Api} */ (Object.fromEntries(offered)), ERROR, {
    get: () => session.error,
  });
}

/** @type {{[name: string]: (session: Session, args: unknown[]) => unknown}} */
const API = {
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
  LMSGetErrorString: ({ profile, error }, [code]) =>
    profile.errorString(/** @type {Code} */ (code), error),
  LMSGetDiagnostic: ({ profile, error }, [code]) =>
    profile.diagnostic(/** @type {Code} */ (code), error),
};

/**
 * @param {Session} session
 * @param {unknown[]} args
 */
function finish(session, args) {
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

/**
 * Why LMSCommit or LMSFinish does nothing, "" where it does.
 *
 * @param {Session} session
 * @param {unknown[]} args
 */
function closed(session, args) {
  const { codes, empty } = session.profile;
  if (!empty(args)) return codes.argument;
  return isRunning(session) ? "" : codes.closed;
}

/** @param {Session} session */
const isRunning = ({ profile, phase }) => !profile.session || profile.open(phase);

/**
 * Whether the arguments begin with an element, and are as many as they ought to be where the LMS
 * looks.
 *
 * @param {Session} session
 * @param {unknown[]} args
 * @param {number} count
 */
const hasElement = ({ profile }, args, count) =>
  Boolean(args[0]) && (!profile.strings || (args.length === count && typeof args[0] === "string"));

/**
 * @template Answer
 * @param {Session} session
 * @param {Code} code
 * @param {Answer} answer
 */
function end(session, code, answer) {
  session.error = code;
  return answer;
}

/** @param {Session} session */
const agree = (session) => end(session, session.profile.codes.ok, session.profile.says(true));

/**
 * @param {Session} session
 * @param {Code} code
 */
const refuse = (session, code) => end(session, code, session.profile.says(false));

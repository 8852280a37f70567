// The API object that a SCO sees, as a profile's LMS answers.

import { RO, WO, general } from "./model.js";

/** Of an API: the error of its last call, without asking it. Some LMSs ask their server. */
export const ERROR = Symbol("error");

/**
 * The functions of the API, by name. `page` holds what the LMS printed at launch, element → value;
 * for `transport` and `timer` see profile.js. Functions may throw where the LMS's do.
 */
export function createRuntime({ profile, settings, page, transport, timer }) {
  const { codes, says } = profile;
  const { elements, children, lists } = profile.model(settings);
  let phase = "new";
  let error = "0";
  const rt = {
    settings, page: new Map(Object.entries(page)), values: new Map(), memory: {}, transport, timer,
    commit: () => API.LMSCommit(""),
  };
  if (!profile.session) profile.begin(rt);

  const end = (code, value) => {
    error = code;
    return value;
  };
  const refuse = (code) => end(code, says(false));
  const say = (code, ...about) => (typeof code === "function" ? code(...about) : code);
  const running = () => !profile.session || profile.open(phase);

  function sends(args, send, ends) {
    if (!profile.empty(args)) return refuse(codes.argument);
    if (!running()) return refuse(codes.closed);
    // Where calls still work after the end, a second one ends nothing.
    if (ends && phase === "finished" && profile.session) return end(codes.again, says(true));
    // An LMS's session is over even when what its end sends fails.
    if (ends) phase = "finished";
    return send(rt) ? end(codes.ok, says(true)) : refuse(codes.general);
  }

  const API = {
    LMSInitialize(...args) {
      error = codes.ok;
      const first = phase === "new" || (phase === "finished" && profile.again);
      if (profile.session && (first || profile.again)) profile.begin(rt);
      if (!profile.empty(args)) return refuse(codes.argument);
      if (profile.session && !first) return refuse(codes.again);
      phase = "running";
      return end(codes.ok, says(true));
    },
    LMSFinish: (...args) => sends(args, profile.onFinish, true),
    // What an LMS may have instead: the end of a visit by the name that SCORM 2004 has for it.
    LMSTerminate: (...args) => sends(args, profile.onFinish, true),
    LMSCommit: (...args) => sends(args, profile.onCommit, false),
    LMSGetValue(...args) {
      const [element] = args;
      if (!running()) return end(codes.closed, "");
      if (!element || (profile.strings && (args.length !== 1 || typeof element !== "string"))) return end(codes.argument, "");
      return read(String(element));
    },
    LMSSetValue(...args) {
      const [element, value] = args;
      if (profile.types && !profile.types.includes(typeof value)) return refuse(codes.type);
      if (!running()) return refuse(codes.closed);
      if (!element || (profile.strings && (args.length !== 2 || typeof element !== "string"))) return refuse(codes.argument);
      const code = judge(String(element), profile.strings ? value : String(value));
      if (code !== codes.ok) return refuse(code);
      keep(String(element), String(value));
      return end(codes.ok, says(true));
    },
    LMSGetLastError: () => profile.lastError(error, rt),
    LMSGetErrorString: (code) => profile.errorString(code, error),
    LMSGetDiagnostic: (code) => profile.diagnostic(code, error),
  };

  function read(element) {
    const [, parent, keyword] = /^(.+)\.(_children|_count)$/.exec(element) ?? [];
    if (keyword === "_children" && children[general(`${parent}.`).slice(0, -1)] !== undefined) {
      return end(codes.ok, children[general(`${parent}.`).slice(0, -1)]);
    }
    if (keyword === "_count" && lists.includes(general(`${parent}.`).slice(0, -1))) {
      return end(codes.ok, profile.counts(count(parent), parent, rt));
    }
    const row = elements[general(element)];
    if (!profile.checked) return end(codes.ok, profile.reads(rt.values.get(element), element, rt, row?.initial));
    if (keyword) return end(say(keyword === "_children" ? codes.noChildren : codes.noCount, parent, Boolean(elements[general(parent)])), "");
    if (!row) return end(codes.unknown(element, false), "");
    if (row.access === WO) return end(row.unread ?? codes.writeOnly, "");
    if (beyond(element)) return end(codes.beyondRead, "");
    return end(codes.ok, profile.reads(rt.values.get(element), element, rt, row.initial));
  }

  function judge(element, value) {
    if (!profile.checked) return profile.known(element) ? codes.ok : codes.unknown(element, true);
    if (/\._(children|count|version)$/.test(element)) return codes.keyword;
    const row = elements[general(element)];
    if (!row) return codes.unknown(element, true);
    if (row.access === RO) return codes.readOnly;
    const gap = beyond(element, 1) && say(codes.beyondWrite, element);
    if (gap && profile.indexFirst) return gap;
    if (typeof value !== "string" || !row.takes(value, element, rt.values)) return codes.type;
    return gap || codes.ok;
  }

  function keep(element, value) {
    const row = elements[general(element)];
    const kept = row?.keep ? row.keep(value, rt.values.get(element)) : value;
    rt.values.set(element, kept);
    profile.onSet(rt, element, kept);
  }

  function count(list) {
    let most = 0;
    for (const element of rt.values.keys()) {
      const index = element.startsWith(`${list}.`) ? Number.parseInt(element.slice(list.length + 1), 10) : NaN;
      if (index >= most) most = index + 1;
    }
    return most;
  }

  /** Whether an index lies beyond its list, which may grow by `more`. */
  function beyond(element, more = 0) {
    const steps = element.split(".");
    return steps.some((step, at) => /^\d+$/.test(step) && Number(step) >= count(steps.slice(0, at).join(".")) + more);
  }

  const offered = Object.fromEntries(profile.functions.map((name) => [name, API[name]]));
  return Object.defineProperty(offered, ERROR, { get: () => error });
}

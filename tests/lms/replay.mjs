// Replays a transcript of a real LMS through its profile, call by call. A transcript's format is that
// of transcripts/moodle/README.md.
import { fold, summary } from "../../templates/lms/record.js";
import { createRuntime } from "../../templates/lms/runtime.js";
import { createMemoryTransport } from "../../templates/lms/transport.js";

const expand = (value) =>
  typeof value === "string" ? value.replace(/^(.) repeated (\d+) times$/, (_, letter, times) => letter.repeat(Number(times))) : value;

/** What the profile did otherwise than the transcript, in words; nothing where it is the same. */
export function replay(profile, defaults, transcript) {
  const known = Object.entries(transcript.settings).filter(([name]) => name in defaults);
  const settings = { ...defaults, ...Object.fromEntries(known) };
  const differences = [];
  const same = (where, got, expected) => {
    const [one, other] = [got, expected].map((value) => JSON.stringify(value === undefined ? null : value));
    if (one !== other) differences.push(`${where}: ${one.slice(0, 300)}, not ${other.slice(0, 300)}`);
  };
  const mastery = /mastery score (\d+)/.exec(transcript.about)?.[1] ?? "";
  const messages = [{ type: "package", item: "item-1", mastery, launchData: "" }];
  const record = () => fold(profile, settings, messages);
  const state = { up: true, session: true, leaving: false };

  function compareStored(where, { stored, ...visit }) {
    const held = record();
    const found = {};
    for (const [attempt, values] of Object.entries(held.attempts)) {
      for (const [element, value] of Object.entries(values)) found[`${attempt}/${held.package.item}/${element}`] = value;
    }
    const names = new Set([...Object.keys(found), ...Object.keys(stored)]);
    for (const name of names) same(`${where}, stored ${name}`, found[name], expand(stored[name]));
    if ("grade" in visit) same(`${where}, grade`, summary(profile, held, settings).grade, visit.grade);
  }

  transcript.visits.forEach((visit, number) => {
    const where = `visit ${number + 1}`;
    if (visit.event === "package replaced") {
      const item = visit.deleted.length ? "item-2" : "item-1";
      messages.push({ type: "package", item, mastery, launchData: "" });
      compareStored(where, visit);
      return;
    }
    Object.assign(state, { up: true, session: true, leaving: false });
    const asked = { mode: visit.launched === "browse" ? "browse" : "normal", learner: { id: "s3", name: "Three, Student" } };
    messages.push({ type: "launch", mode: visit.launched, attempt: visit.attempt > record().attempt ? "new" : "" });
    const launch = profile.launch(record(), asked, settings);
    same(`${where}, mode`, launch.mode, visit.launched);
    same(`${where}, attempt`, record().attempt, visit.attempt);
    const credit = launch.elements["cmi.core.credit"];
    const transport = createMemoryTransport({
      state,
      deliver: (body, means) => messages.push({ type: "data", mode: launch.mode, credit, means, body: structuredClone(body) }),
    });
    const api = createRuntime({ profile, settings, page: launch.elements, transport, timer: () => () => {} });
    const leaving = [];
    const EVENTS = {
      "network goes away": () => (state.up = false),
      "network comes back": () => (state.up = true),
      "session expires": () => (state.session = false),
      "on pagehide: saved late": () => leaving.push("saved late"),
      "on pagehide: long 60000": () => leaving.push("x".repeat(60_000)),
    };

    visit.steps.forEach((step, at) => {
      if (step.event) return EVENTS[step.event]();
      const [name, ...args] = step.call;
      const here = `${where}, step ${at + 1}, ${name}(${args.join(", ").slice(0, 80)})`;
      let threw = "";
      try {
        same(here, api[name](...args.map(expand)), step.returns);
      } catch (error) {
        threw = String(error);
      }
      same(`${here} throws`, threw, step.throws ?? "");
      if ("error" in step) same(`${here}, error`, api.LMSGetLastError(), step.error);
    });
    state.leaving = true;
    for (const late of leaving) {
      api.LMSSetValue("cmi.suspend_data", late);
      api.LMSFinish("");
    }
    compareStored(where, visit);
  });
  return differences;
}

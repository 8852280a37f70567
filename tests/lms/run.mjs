// Runs the modules of templates/lms for the tests: one JSON [name, ...arguments] a line in, one JSON
// {value} or {error} a line out.
import { createInterface } from "node:readline";

import { judge } from "../../templates/lms/findings.js";
import { PROFILES, loadProfile } from "../../templates/lms/profiles.js";
import { fold, summary } from "../../templates/lms/record.js";
import { RULES } from "../../templates/lms/rules.js";
import { createRuntime } from "../../templates/lms/runtime.js";
import { MUTATIONS } from "./mutations.mjs";
import { replay } from "./replay.mjs";
import { createMemoryTransport } from "./transport.mjs";

const FUNCTIONS = {
  async describe(name, given) {
    const { profile, settings } = await loadProfile(name, given);
    const { product, special, paced, popup, variants, functions } = profile;
    const lacks = profile.lacks(settings);
    return { name: profile.name, product, special, paced, popup, lacks, settings, variants, functions };
  },
  profiles: async () => Object.keys(PROFILES),
  /** What calls of the API return, each with the error after it; `page` is what the LMS printed. */
  async calls(name, given, page, calls) {
    const { profile, settings } = await loadProfile(name, given);
    const state = { up: true, session: true, leaving: false };
    const transport = createMemoryTransport({ state, deliver() {} });
    const api = createRuntime({ profile, settings, page, transport, timer: () => () => {} });
    return calls.map(([call, ...args]) => [api[call](...args), api.LMSGetLastError()]);
  },
  /** Whether LMSCommit says true of what the server refuses, so that no course can know. */
  async blind(name, given) {
    const { profile, settings } = await loadProfile(name, given);
    const state = { up: true, session: true, leaving: false };
    const transport = createMemoryTransport({ state, deliver() {} });
    const api = createRuntime({ profile, settings, page: {}, transport, timer: () => () => {} });
    api.LMSInitialize("");
    state.session = false;
    api.LMSSetValue("cmi.suspend_data", "text");
    return String(api.LMSCommit("")) === "true";
  },
  judge: async (calls, given) => judge(calls, given),
  rules: async () => RULES,
  /** How a profile differs from a transcript; `mutation` names a change to its facts (mutations.mjs). */
  async replay(name, transcript, mutation = "") {
    const { profile, settings } = await loadProfile(name);
    const changed = mutation ? { ...profile, ...MUTATIONS[name][mutation](profile) } : profile;
    return replay(changed, { ...settings, ...changed.settings }, transcript);
  },
  mutations: async (name) => Object.keys(MUTATIONS[name] ?? {}),
  async stored(name, given, messages) {
    const { profile, settings } = await loadProfile(name, given);
    const record = fold(profile, settings, messages);
    return { ...summary(profile, record, settings), values: record.attempts[record.attempt] };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...args] = JSON.parse(line);
  const answer = await FUNCTIONS[name](...args).then((value) => ({ value }), (error) => ({ error: error.stack }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

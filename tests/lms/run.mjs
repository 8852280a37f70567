// Runs the modules of templates/lms for the tests: one JSON [name, ...arguments] a line in, one
// JSON {value} or {error} a line out.
import { createInterface } from "node:readline";

import { judge } from "../../templates/lms/findings.ts";
import { PROFILES, loadProfile } from "../../templates/lms/profiles.ts";
import { fold, summary } from "../../templates/lms/record.ts";
import { RULES } from "../../templates/lms/rules.ts";
import { createRuntime } from "../../templates/lms/runtime.ts";
import { held, outcomes } from "../../templates/preview/outcome.ts";
import { MUTATIONS } from "./mutations.mjs";
import { replay } from "./replay.mjs";
import { createMemoryTransport } from "./transport.mjs";

const FUNCTIONS = {
  async describe(name, given) {
    const { profile, settings } = await loadProfile(name, given);
    const { product, special, paced, popup, kept, variants, functions } = profile;
    const lacks = profile.lacks(settings);
    return {
      name: profile.name,
      product,
      special,
      paced,
      popup,
      kept,
      lacks,
      settings,
      variants,
      functions,
    };
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
  /** What no course can know of an LMS: Doubts of tests/chaos/doubts.py. */
  async doubts(name, given) {
    const { profile, settings } = await loadProfile(name, given);
    const state = { up: true, session: true, leaving: false };
    const learner = { id: "learner-1", name: "Cohen, Dana" };
    const messages = [{ type: "package", item: "item-1", mastery: "", launchData: "" }];
    const record = () => fold(profile, settings, messages);
    function open() {
      const { mode, elements } = profile.launch(record(), { mode: "normal", learner }, settings);
      messages.push({ type: "launch", mode, attempt: "", learner });
      const credit = elements["cmi.core.credit"] ?? "";
      const deliver = (body, means) =>
        messages.push({
          type: "data",
          launch: messages.length,
          mode,
          credit,
          means,
          body: structuredClone(body),
        });
      const transport = createMemoryTransport({ state, deliver });
      const api = createRuntime({
        profile,
        settings,
        page: elements,
        transport,
        timer: () => () => {},
      });
      api.LMSInitialize("");
      return api;
    }
    async function save(api, values) {
      for (const pair of Object.entries(values)) api.LMSSetValue(...pair);
      const said = String(api.LMSCommit(""));
      // What was sent without waiting has arrived.
      await new Promise((resolve) => setImmediate(resolve));
      return said === "true";
    }
    const holds = (text) => summary(profile, record(), settings).state === text;
    const first = open();
    state.session = false;
    const blind = await save(first, { "cmi.suspend_data": "refused" });
    state.session = true;
    await save(first, { "cmi.suspend_data": "afterwards" });
    const dead = !holds("afterwards");
    const second = open();
    await save(second, { "cmi.interactions.0.id": "one", "cmi.interactions.1.id": "one" });
    const latest = summary(profile, record(), settings).interactions?.length === 1;
    await save(second, { "cmi.core.score.raw": "0.01" });
    await save(second, { "cmi.core.score.raw": "0" });
    const zeroless = Number(summary(profile, record(), settings).score) > 0;
    await save(second, { "cmi.core.lesson_status": "passed" });
    await save(second, { "cmi.suspend_data": "more" });
    const closed = !holds("more");
    const third = open();
    const says = (element) => String(third.LMSGetValue(element)) !== "";
    return {
      blind,
      dead,
      closed,
      mute: !says("cmi.core.lesson_status"),
      countless: !says("cmi.interactions._count"),
      latest,
      zeroless,
    };
  },
  judge: async (calls, given) => judge(calls, given),
  rules: async () => RULES,
  /**
   * How a profile differs from a transcript; `mutation` names a change to its facts
   * (mutations.mjs).
   */
  async replay(name, transcript, mutation = "") {
    const { profile, settings } = await loadProfile(name);
    const changed = mutation ? { ...profile, ...MUTATIONS[name][mutation](profile) } : profile;
    return replay(changed, { ...settings, ...changed.settings }, transcript);
  },
  mutations: async (name) => Object.keys(MUTATIONS[name] ?? {}),
  /** What an LMS holds, as the preview's panel has it: the table of LMSs judges that. */
  async stored(name, given, messages) {
    const { profile, settings } = await loadProfile(name, given);
    const record = fold(profile, settings, messages);
    const { attempt, attempts } = record;
    return { ...held({ profile, settings }, messages), attempt, values: attempts[attempt] };
  },
  /** What an LMS would do, as the preview's panel says it. */
  async outcomes(name, given, messages, tracking) {
    const { profile, settings } = await loadProfile(name, given);
    const learner = { id: "learner-1", name: "Cohen, Dana" };
    return outcomes({ name, profile, settings, learner }, messages, tracking);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...args] = JSON.parse(line);
  const answer = await FUNCTIONS[name](...args).then(
    (value) => ({ value }),
    (error) => ({ error: error.stack }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

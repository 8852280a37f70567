// Replays a transcript of a real LMS through its profile, call by call. A transcript's format is that
// of transcripts/README.md.
import { fold, summary } from "../../templates/lms/record.js";
import { createRuntime } from "../../templates/lms/runtime.js";
import { createMemoryTransport } from "../../templates/lms/transport.js";

const expand = (value) =>
  typeof value === "string" ? value.replace(/^(.) repeated (\d+) times$/, (_, letter, times) => letter.repeat(Number(times))) : value;

/** What a call leaves behind is over before the next. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Of what was thrown only its kind is the LMS's: the words are the browser's. */
const kind = (thrown) => String(thrown ?? "").split(":")[0];

/** Who the trainee was, as far as the transcript tells. */
function learnerOf({ visits }) {
  const steps = visits.flatMap((visit) => visit.steps ?? []);
  const told = (...elements) => {
    const answer = steps.find(({ call, returns }) => call?.[0] === "LMSGetValue" && elements.includes(call[1]) && returns);
    return answer?.returns ?? elements.map((element) => visits[0].stored[`1/item-1/${element}`]).find(Boolean) ?? "";
  };
  return { id: told("cmi.learner_id", "cmi.core.student_id"), name: told("cmi.learner_name", "cmi.core.student_name") };
}

function errorOf(api) {
  try {
    return api.LMSGetLastError();
  } catch (error) {
    return `throws ${kind(error)}`;
  }
}

/** What the profile did otherwise than the transcript, in words; nothing where it is the same. */
export async function replay(profile, defaults, transcript) {
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
  const learner = learnerOf(transcript);
  const state = { up: true, session: true, leaving: false };

  function compareStored(where, { stored, ...visit }) {
    const held = record();
    const found = {};
    for (const [attempt, values] of Object.entries(held.attempts)) {
      for (const [element, value] of Object.entries(values)) found[`${attempt}/${held.package.item}/${element}`] = value;
    }
    const names = new Set([...Object.keys(found), ...Object.keys(stored)]);
    const text = (value) => (typeof value === "number" ? String(value) : value);
    for (const name of names) same(`${where}, stored ${name}`, text(found[name]), expand(stored[name]));
    if ("grade" in visit) same(`${where}, grade`, summary(profile, held, settings).grade, visit.grade);
  }

  for (const [number, visit] of transcript.visits.entries()) {
    const where = `visit ${number + 1}`;
    if (visit.event === "package replaced") {
      const item = visit.deleted?.length ? "item-2" : "item-1";
      messages.push({ type: "package", item, mastery, launchData: "" });
      compareStored(where, visit);
      continue;
    }
    Object.assign(state, { up: true, session: true, leaving: false });
    const asked = { mode: visit.launched === "browse" ? "browse" : "normal", learner };
    messages.push({ type: "launch", mode: visit.launched, attempt: visit.attempt > record().attempt ? "new" : "", learner });
    const launch = profile.launch(record(), asked, settings);
    same(`${where}, mode`, launch.mode, visit.launched);
    same(`${where}, attempt`, record().attempt, visit.attempt);
    const credit = launch.elements["cmi.core.credit"];
    const transport = createMemoryTransport({
      state,
      deliver: (body, means) => messages.push({ type: "data", launch: number, mode: launch.mode, credit, means, body: structuredClone(body) }),
    });
    const api = createRuntime({ profile, settings, page: launch.elements, transport, timer: () => () => {} });
    const leaving = [];
    const byItself = visit.left_by !== "a tab that dies" && !visit.steps.some((step) => step.while);
    const leave = () => {
      if (/link|address/.test(visit.left_by)) profile.onLeave(api);
      state.leaving = true;
    };
    const EVENTS = {
      "network goes away": () => (state.up = false),
      "network comes back": () => (state.up = true),
      "session expires": () => (state.session = false),
      // Moodle's transcripts tell what the handler did, the others call by call.
      "on pagehide: saved late": () => byItself && leaving.push("saved late"),
      "on pagehide: long 60000": () => leaving.push("x".repeat(60_000)),
    };

    const sameError = (here, got, expected) => {
      // Whether a page that goes away may still ask is the browser's affair.
      const asks = [got, expected].some((error) => /^throws/.test(error));
      if (!state.leaving || !asks) same(`${here}, error`, got, expected);
    };

    for (const [at, step] of visit.steps.entries()) {
      if (step.event) {
        EVENTS[step.event]?.();
        continue;
      }
      if (step.while && !state.leaving) leave();
      const [name, ...args] = step.call;
      const here = `${where}, step ${at + 1}, ${name}(${args.join(", ").slice(0, 80)})`;
      let threw = "";
      try {
        same(here, api[name](...args.map(expand)), expand(step.returns));
      } catch (error) {
        threw = error;
      }
      same(`${here} throws`, kind(threw), kind(step.throws));
      if ("error" in step) sameError(here, errorOf(api), step.error.throws ? `throws ${kind(step.error.throws)}` : step.error);
      if (!state.leaving) await settled();
    }
    state.leaving = true;
    for (const late of leaving) {
      api.LMSSetValue("cmi.suspend_data", late);
      api.LMSFinish("");
    }
    await settled();
    compareStored(where, visit);
  }
  return differences;
}

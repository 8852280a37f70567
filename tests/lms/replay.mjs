// Replays a transcript of a real LMS through its profile, call by call. A transcript's format is
// that of transcripts/README.md.
import { fold, summary } from "../../templates/lms/record.ts";
import { createRuntime } from "../../templates/lms/runtime.ts";
import { createMemoryTransport } from "./transport.mjs";

const expand = (value) =>
  typeof value === "string"
    ? value.replace(/^(.) repeated (\d+) times$/, (_, letter, times) =>
        letter.repeat(Number(times)),
      )
    : value;

// The calls of the handler are steps of their own.
const CALL_BY_CALL = /^on pagehide: /;

/** What a call leaves behind is over before the next. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Of what was thrown only its kind is the LMS's: the words are the browser's. */
const kind = (thrown) => String(thrown ?? "").split(":")[0];

const byName = (values) => Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));

/**
 * What a request tells the server, as pairs of element and value; null where it only asks or ends.
 */
function told({ kind, element, value, values }) {
  if (kind === "get" || kind === "terminate") return null;
  if (element) return [[element, value]];
  return Array.isArray(values) ? values : byName(values ?? {});
}

/** Interactions, whatever the order of their leaves. */
const ordered = (value) => (Array.isArray(value) ? value.map(byName) : value);

/**
 * What an LMS holds by the standard's names, for transcripts that do not say what is read of it.
 */
function standard(stored, attempt, item) {
  const prefix = `${attempt}/${item}/`;
  const own = Object.entries(stored).filter(([name]) => name.startsWith(prefix));
  const named = Object.fromEntries(
    own.map(([name, value]) => [name.slice(prefix.length), String(expand(value))]),
  );
  const interactions = [];
  for (const [name, value] of Object.entries(named)) {
    const [, index, leaf] =
      /^cmi\.interactions[._](\d+)\.(.+)$/.exec(name.replace("responses_", "responses.")) ?? [];
    if (index) interactions[index] = { ...interactions[index], [leaf]: value };
  }
  const [hours, minutes, seconds] = (named["cmi.core.total_time"] ?? "0:0:0")
    .split(":")
    .map(Number);
  return {
    status: named["cmi.core.lesson_status"] ?? "",
    score: named["cmi.core.score.raw"] ?? "",
    seconds: hours * 3600 + minutes * 60 + seconds,
    interactions: interactions.filter(Boolean),
    location: named["cmi.core.lesson_location"] ?? "",
    state: named["cmi.suspend_data"] ?? "",
  };
}

/**
 * Where chance decides which of the values told at once survive, each of them told anew every time:
 * those that the LMS has sometimes `undone`, and those that it has always `kept`.
 */
function changesOf({ visits }) {
  const after = visits.flatMap(({ steps = [] }) =>
    steps.filter((step) => step["at once"]).map(({ stored }) => stored),
  );
  const changed = (name) => after.slice(1).map((stored, at) => stored[name] !== after[at][name]);
  const some = Object.keys(after.at(-1)).filter((name) => changed(name).includes(true));
  return {
    undone: some.filter((name) => changed(name).includes(false)),
    kept: some.filter((name) => !changed(name).includes(false)),
  };
}

/** Who the trainee was, as far as the transcript tells. */
function learnerOf({ visits }) {
  const steps = visits.flatMap((visit) => visit.steps ?? []);
  const told = (...elements) => {
    const answer = steps.find(
      ({ call, returns }) => call?.[0] === "LMSGetValue" && elements.includes(call[1]) && returns,
    );
    return (
      answer?.returns ??
      elements.map((element) => visits[0].stored[`1/item-1/${element}`]).find(Boolean) ??
      ""
    );
  };
  return {
    id: told("cmi.learner_id", "cmi.core.student_id"),
    name: told("cmi.learner_name", "cmi.core.student_name"),
  };
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
    const [one, other] = [got, expected].map((value) =>
      JSON.stringify(value === undefined ? null : value),
    );
    if (one !== other)
      differences.push(`${where}: ${one.slice(0, 300)}, not ${other.slice(0, 300)}`);
  };
  const mastery = /mastery score (\d+)/.exec(transcript.about)?.[1] ?? "";
  const messages = [{ type: "package", item: "item-1", mastery, launchData: "" }];
  const record = () => fold(profile, settings, messages);
  const learner = learnerOf(transcript);
  const state = { up: true, session: true, leaving: false };

  function storedNow() {
    const held = record();
    const found = {};
    for (const [attempt, values] of Object.entries(held.attempts)) {
      for (const [element, value] of Object.entries(values))
        found[`${attempt}/${held.package.item}/${element}`] = value;
    }
    return found;
  }

  function compareStored(where, stored, names) {
    const found = storedNow();
    const text = (value) => (typeof value === "number" ? String(value) : value);
    for (const name of names ?? new Set([...Object.keys(found), ...Object.keys(stored)])) {
      same(`${where}, stored ${name}`, text(found[name]), expand(stored[name]));
    }
  }

  function compareKept(where, { stored, held, ...visit }) {
    compareStored(where, stored);
    const {
      attempt,
      package: { item },
    } = record();
    const { grade, ...found } = summary(profile, record(), settings);
    for (const [field, value] of Object.entries(held ?? standard(stored, attempt, item))) {
      same(`${where}, held ${field}`, ordered(found[field]), ordered(expand(value)));
    }
    if ("grade" in visit) same(`${where}, grade`, grade, visit.grade);
  }

  async function compareAtOnce(where, api, step) {
    const before = storedNow();
    const first = messages.length;
    for (const {
      call: [name, ...args],
      returns,
    } of step["at once"]) {
      same(`${where}, ${name}(${args.join(", ")})`, api[name](...args), returns);
    }
    await settled();
    same(
      `${where}, sent`,
      messages
        .slice(first)
        .map(({ body }) => told(body))
        .filter(Boolean),
      step.sent,
    );
    if (!transcript["by chance"]) return compareStored(where, step.stored);
    // A profile undoes some of what the real LMS has undone, and nothing else.
    const { undone, kept } = changesOf(transcript);
    const after = storedNow();
    compareStored(where, step.stored, kept);
    same(
      `${where}, undoes one of ${undone}`,
      undone.some((name) => after[name] === before[name]),
      undone.length > 0,
    );
  }

  // What the LMS has printed into the page of the latest launch.
  let page = null;

  for (const [number, visit] of transcript.visits.entries()) {
    const where = `visit ${number + 1}`;
    if (visit.event === "package replaced") {
      const item = visit.deleted?.length ? "item-2" : "item-1";
      messages.push({ type: "package", item, mastery, launchData: "" });
      compareKept(where, visit);
      continue;
    }
    Object.assign(state, { up: true, session: true, leaving: false });
    const asked = { mode: visit.launched === "browse" ? "browse" : "normal", learner };
    const copy = Boolean(visit.came_by) && profile.kept;
    if (!copy) {
      messages.push({
        type: "launch",
        mode: visit.launched,
        attempt: visit.attempt > record().attempt ? "new" : "",
        learner,
      });
      page = { ...profile.launch(record(), asked, settings), attempt: record().attempt };
    }
    const launch = page;
    same(`${where}, mode`, launch.mode, visit.launched);
    same(`${where}, attempt`, record().attempt, visit.attempt);
    const credit = launch.elements["cmi.core.credit"];
    const transport = createMemoryTransport({
      state,
      deliver: (body, means) =>
        messages.push({
          type: "data",
          launch: number,
          attempt: launch.attempt,
          mode: launch.mode,
          credit,
          means,
          body: structuredClone(body),
        }),
    });
    const api = createRuntime({
      profile,
      settings,
      page: launch.elements,
      transport,
      timer: () => () => {},
    });
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
      // Moodle's transcripts tell what the handler did.
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
        if (!(step.event in EVENTS) && !CALL_BY_CALL.test(step.event))
          throw new RangeError(`${where}: ${step.event} is no event`);
        EVENTS[step.event]?.();
        continue;
      }
      if (step["at once"]) {
        await compareAtOnce(`${where}, step ${at + 1}`, api, step);
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
      if ("error" in step)
        sameError(
          here,
          errorOf(api),
          step.error.throws ? `throws ${kind(step.error.throws)}` : step.error,
        );
      if (!state.leaving) await settled();
    }
    state.leaving = true;
    for (const late of leaving) {
      api.LMSSetValue("cmi.suspend_data", late);
      api.LMSFinish("");
    }
    await settled();
    compareKept(where, visit);
  }
  return differences;
}

// Changes to the facts of profiles that replay transcripts, each of which a transcript has to find.
// By profile and name: from the profile to what is said instead.
import { post } from "../../templates/lms/profile.ts";

const element =
  (name, row) =>
  ({ model }) => ({
    model: (settings) => {
      const whole = model(settings);
      return {
        ...whole,
        elements: { ...whole.elements, [name]: { ...whole.elements[name], ...row } },
      };
    },
  });
/** A launch that says something else. */
const says =
  (change) =>
  ({ launch }) => ({
    launch(...given) {
      const visit = launch(...given);
      return { ...visit, ...change(visit, ...given) };
    },
  });
const printed = (name, value) =>
  says(({ elements }) => ({ elements: { ...elements, [name]: value } }));
const codes = (change) => (profile) => ({ codes: { ...profile.codes, ...change } });
const all = ({ values }) => ({ values: Object.fromEntries(values) });

/** What is held otherwise than it is. */
const holds =
  (change) =>
  ({ held }) => ({ held: (...given) => change(held(...given)) });

/** For every profile: what the table of LMSs and the tests read. */
const READ = {
  "nothing is held": holds(() => ({})),
  "no status is held": holds((held) => ({ ...held, status: "" })),
  "no score is held": holds((held) => ({ ...held, score: "" })),
  "no place is held": holds((held) => ({ ...held, location: "" })),
  "no state is held": holds((held) => ({ ...held, state: "" })),
  "every grade is 1": () => ({ grade: () => 1 }),
  "other interactions are held": holds(({ interactions, ...held }) => ({
    ...held,
    interactions: interactions.slice(1),
  })),
  "another time is held": holds(({ seconds, ...held }) => ({
    ...held,
    seconds: seconds === null ? 0 : seconds + 1,
  })),
};

const FACTS = {
  moodle: {
    "Back asks for the page anew": () => ({ kept: false }),
    "one session in a page": () => ({ again: false }),
    "a second start never throws": () => ({
      begin: (rt) => {
        for (const [name, value] of rt.page) rt.values.set(name, value);
      },
    }),
    "every commit sends everything": () => ({ onCommit: (rt) => post(rt, all(rt)) }),
    "the end sends no total time": () => ({ onFinish: (rt) => post(rt, all(rt)) }),
    "a commit adds up the time": ({ onFinish }) => ({ onCommit: onFinish }),
    "offline is told": () => ({
      onCommit: (rt) => post({ transport: { ...rt.transport, sync: () => false } }, all(rt)),
    }),
    "without mastery override": ({ settings }) => ({
      settings: { ...settings, mastery_override: false },
    }),
    "standard lengths by default": ({ model }) => ({
      model: (settings) => model({ ...settings, standard_mode: !settings.standard_mode }),
    }),
    "scores are texts": element("cmi.core.score.raw", { keep: String }),
    "no range": element("cmi.core.score.raw", { takes: () => true }),
    "exit normal": element("cmi.core.exit", { takes: () => true }),
    "incorrect is a result": element("cmi.interactions.n.result", { takes: () => true }),
    "identifiers with spaces": element("cmi.interactions.n.id", { takes: () => true }),
    "any time": element("cmi.core.session_time", { takes: () => true }),
    "comments replace each other": element("cmi.comments", { keep: (value) => value }),
    "not attempted can be set": element("cmi.core.lesson_status", { takes: () => true }),
    "counts are texts": () => ({ counts: String }),
    "what is missing is empty": () => ({ reads: (value) => value ?? "" }),
    "unknown elements are 401": codes({ unknown: () => "401" }),
    "beyond a list is an error": codes({ beyondRead: "201" }),
    "another error after the end": codes({ closed: "101" }),
    "failed goes on": says(({ mode, elements }) =>
      elements["cmi.core.lesson_status"] === "failed" ? { mode: "normal" } : { mode },
    ),
    "a review counts": printed("cmi.core.credit", "credit"),
    "always ab-initio": printed("cmi.core.entry", "ab-initio"),
    "another time at the start": printed("cmi.core.total_time", "0000:00:00.00"),
    "no new attempt": () => ({ launched() {} }),
    "a review is not stored": ({ receive }) => ({
      receive: (record, message, settings) =>
        message.mode === "normal" && receive(record, message, settings),
    }),
    "grades only at scores": ({ receive }) => ({
      receive(record, message, settings) {
        const { grade } = record;
        receive(record, message, settings);
        if (!("cmi.core.score.raw" in message.body.values)) record.grade = grade;
      },
    }),
    "the last attempt's grade": () => ({
      grade: ({ attempts, attempt }) => attempts[attempt]["cmi.core.score.raw"] ?? null,
    }),
    "a replaced package keeps everything": () => ({ replaced() {} }),
    "a replaced package begins anew": ({ replaced }) => ({
      replaced: (record, next) => replaced(record, { ...next, item: "" }),
    }),
  },
  scormhost: {
    "Back shows the page as it was": () => ({ kept: true }),
    "values are judged": () => ({ checked: true }),
    "other elements are taken": () => ({ known: () => true }),
    "one chain of its own for each request": ({ onCommit }) => ({
      onCommit: (rt) => onCommit({ ...rt, memory: {} }),
    }),
    "a commit tells a failure": () => ({ onCommit: (rt) => post(rt, { kind: "put", ...all(rt) }) }),
    "no limit of keepalive": () => ({
      onCommit: (rt) => Boolean(rt.transport.later({ kind: "put", ...all(rt) })),
    }),
    "a request has the values of its commit": () => ({
      onCommit(rt) {
        const body = { kind: "put", ...all(rt) };
        rt.memory.chain = (rt.memory.chain ?? Promise.resolve(true)).then(
          (ok) => ok && rt.transport.later(body, { keepalive: true }),
        );
        return true;
      },
    }),
    "the exit is the course's": ({ onCommit }) => ({ onFinish: onCommit }),
    "entry by the exit": says(({ elements }) => ({
      elements: { ...elements, "cmi.core.entry": elements["cmi.core.exit"] ? "resume" : "" },
    })),
    "no score at first": says(({ elements }) => ({
      elements: { ...elements, "cmi.core.score.raw": "" },
    })),
    "a second visit in the page": () => ({ again: true }),
    "a new package keeps everything": () => ({ replaced() {} }),
    "another error after the end": codes({ closed: "101" }),
  },
  "wagtail-lms": {
    "Back shows the page as it was": () => ({ kept: true }),
    "has LMSFinish": ({ functions }) => ({ functions: [...functions, "LMSFinish"] }),
    "calls work before the start": () => ({ session: false }),
    "knows errors": codes({ closed: "301" }),
    "asks nobody for the error": () => ({ lastError: (code) => code }),
    "reads what it was told": ({ reads }) => ({
      reads(value, ...rest) {
        reads(value, ...rest);
        return value ?? "";
      },
    }),
    "incomplete is told": printed("cmi.core.lesson_status", "not attempted"),
    resumes: printed("cmi.core.entry", "resume"),
    "its page goes quietly": () => ({ onLeave() {} }),
    "a score is a text": ({ receive }) => ({
      receive(record, message) {
        receive(record, message);
        const { element, value } = message.body;
        if (element === "cmi.core.score.raw") record.attempts[1]["attempt.score_raw"] = value;
      },
    }),
    "a commit stores": ({ onCommit }) => ({
      onCommit: (rt) =>
        onCommit(rt) && post(rt, { kind: "set", element: "committed", value: "", burst: 0 }),
    }),
    "a new package begins anew": () => ({
      replaced: (record) => Object.assign(record, { attempts: { 1: {} } }),
    }),
    "values at once do not undo each other": ({ receive }) => ({
      receive: (record, message) => receive(Object.assign(record, { burst: undefined }), message),
    }),
    "values at once undo all that was before": ({ receive }) => ({
      receive(record, message) {
        receive(record, message);
        if (record.burst) record.burst.row = {};
      },
    }),
    "one request at a time": ({ onSet }) => ({
      onSet: (rt, ...told) => {
        rt.memory.chain = (rt.memory.chain ?? Promise.resolve()).then(() => onSet(rt, ...told));
      },
    }),
    "a value is two requests": ({ onSet }) => ({
      onSet: (rt, ...told) => {
        onSet(rt, ...told);
        onSet(rt, ...told);
      },
    }),
  },
  openedx: {
    "Back shows the page as it was": () => ({ kept: true }),
    "says the status": () => ({
      reads: (value, element, { memory }) => memory.data.get(element) ?? value ?? "",
    }),
    "there is a session": () => ({ session: true }),
    "knows errors": ({ codes: { closed } }) => ({ lastError: () => closed }),
    "values are judged": () => ({ checked: true }),
    "a commit tells a failure": () => ({ onCommit: (rt) => post(rt, { kind: "set", values: [] }) }),
    "passed is no completion": ({ receive }) => ({
      receive(record, message) {
        const before = record.attempts[1]["block.lesson_status"];
        receive(record, message);
        if (message.body.values?.some(([, value]) => value === "passed"))
          record.attempts[1]["block.lesson_status"] = before;
      },
    }),
    "a score as it is": ({ receive }) => ({
      receive(record, message) {
        receive(record, message);
        const [, raw] =
          message.body.values?.find(([element]) => element === "cmi.core.score.raw") ?? [];
        if (raw) record.attempts[1]["block.lesson_score"] = raw;
      },
    }),
    "each value is a request of its own": () => ({
      onSet({ transport }, element, value) {
        transport.later({ kind: "set", values: [[element, value]] });
      },
    }),
    "a value waits for a commit": ({ onSet }) => ({
      onSet(rt, ...told) {
        rt.memory.told = [...(rt.memory.told ?? []), told];
      },
      onCommit(rt) {
        for (const told of rt.memory.told?.splice(0) ?? []) onSet(rt, ...told);
        return true;
      },
    }),
    "a wrong score spares the others": ({ receive }) => ({
      receive(record, { body, ...message }) {
        for (const value of body.values ?? [])
          receive(record, { ...message, body: { ...body, values: [value] } });
      },
    }),
    "every score is a grade": ({ receive }) => ({
      receive(record, message) {
        receive(record, message);
        record.grade = Number(record.attempts[1]["block.lesson_score"] ?? 0);
      },
    }),
    "failed keeps the grade": ({ receive }) => ({
      receive(record, message) {
        const { grade } = record;
        receive(record, message);
        if (record.grade === 0) record.grade = grade;
      },
    }),
    "a trainee without a name": ({ launched }) => ({
      launched: (record) => launched(record, { learner: { id: "", name: "" } }),
    }),
    "a new package begins anew": () => ({
      replaced: (record) => Object.assign(record, { attempts: { 1: {} } }),
    }),
  },
  "scorm-again": {
    "Back shows the page as it was": () => ({ kept: true }),
    "without mastery override": () => ({ settings: { masteryOverride: false } }),
    "nothing works after the end": () => ({ open: (phase) => phase === "running" }),
    "calls work before the start": () => ({ open: () => true }),
    "the length of SCORM 1.2": element("cmi.suspend_data", {
      takes: (value) => value.length <= 4096,
    }),
    "normal is no exit": element("cmi.core.exit", { takes: (value) => value !== "normal" }),
    "time as it is": element("cmi.core.session_time", { keep: String }),
    "incorrect is no result": element("cmi.interactions.n.result", {
      takes: (value) => value !== "incorrect",
    }),
    "incorrect stays": element("cmi.interactions.n.result", { keep: String }),
    "weights without end": element("cmi.interactions.n.weighting", { takes: () => true }),
    "identifiers without spaces": element("cmi.interactions.n.id", {
      takes: (value) => !value.includes(" "),
    }),
    "unknown elements are 201": codes({ unknown: () => "201" }),
    "no range": element("cmi.core.score.raw", { takes: () => true }),
    "the end waits": ({ onCommit }) => ({ onFinish: onCommit }),
    "a commit is a beacon": () => ({
      onCommit: (rt) => rt.transport.beacon({ kind: "commit", ...all(rt) }),
    }),
    "what is stored stays": () => ({
      receive: (record, { body }) => Object.assign(record.attempts[1], body.values),
    }),
    resumes: printed("cmi.core.entry", "resume"),
    "a new package begins anew": () => ({
      replaced: (record) => Object.assign(record, { attempts: { 1: {} } }),
    }),
  },
};

export const MUTATIONS = Object.fromEntries(
  Object.entries(FACTS).map(([slug, facts]) => [slug, { ...READ, ...facts }]),
);

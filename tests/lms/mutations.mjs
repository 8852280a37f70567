// Changes to the facts of verified profiles, each of which a transcript has to find. By profile and
// name: from the profile to what is said instead.
import { post } from "../../templates/lms/profile.js";

const element = (name, row) => ({ model }) => ({
  model: (settings) => {
    const whole = model(settings);
    return { ...whole, elements: { ...whole.elements, [name]: { ...whole.elements[name], ...row } } };
  },
});
/** A launch that says something else. */
const says = (change) => ({ launch }) => ({
  launch(...given) {
    const visit = launch(...given);
    return { ...visit, ...change(visit, ...given) };
  },
});
const printed = (name, value) => says(({ elements }) => ({ elements: { ...elements, [name]: value } }));
const codes = (change) => (profile) => ({ codes: { ...profile.codes, ...change } });
const all = ({ values }) => ({ values: Object.fromEntries(values) });

export const MUTATIONS = {
  moodle: {
    "one session in a page": () => ({ again: false }),
    "a second start never throws": () => ({ begin: (rt) => { for (const [name, value] of rt.page) rt.values.set(name, value); } }),
    "every commit sends everything": () => ({ onCommit: (rt) => post(rt, all(rt)) }),
    "the end sends no total time": () => ({ onFinish: (rt) => post(rt, all(rt)) }),
    "a commit adds up the time": ({ onFinish }) => ({ onCommit: onFinish }),
    "offline is told": () => ({ onCommit: (rt) => post({ transport: { ...rt.transport, sync: () => false } }, all(rt)) }),
    "without mastery override": ({ settings }) => ({ settings: { ...settings, mastery_override: false } }),
    "standard lengths by default": ({ model }) => ({ model: (settings) => model({ ...settings, standard_mode: !settings.standard_mode }) }),
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
    "failed goes on": says(({ mode, elements }) => (elements["cmi.core.lesson_status"] === "failed" ? { mode: "normal" } : { mode })),
    "a review counts": printed("cmi.core.credit", "credit"),
    "always ab-initio": printed("cmi.core.entry", "ab-initio"),
    "another time at the start": printed("cmi.core.total_time", "0000:00:00.00"),
    "no new attempt": () => ({ launched() {} }),
    "a review is not stored": ({ receive }) => ({ receive: (record, message, settings) => message.mode === "normal" && receive(record, message, settings) }),
    "grades only at scores": ({ receive }) => ({
      receive(record, message, settings) {
        const { grade } = record;
        receive(record, message, settings);
        if (!("cmi.core.score.raw" in message.body.values)) record.grade = grade;
      },
    }),
    "the last attempt's grade": () => ({ grade: ({ attempts, attempt }) => attempts[attempt]["cmi.core.score.raw"] ?? null }),
    "a replaced package keeps everything": () => ({ replaced() {} }),
    "a replaced package begins anew": ({ replaced }) => ({ replaced: (record, next) => replaced(record, { ...next, item: "" }) }),
  },
};

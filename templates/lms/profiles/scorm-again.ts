// scorm-again (npm), from its sources (dist/scorm12.js), with the small server of
// tests/lms/scorm_again.py.

import {
  CHILDREN,
  CHILDREN_OF_CMI,
  like,
  MODEL,
  oneOf,
  RW,
  seconds,
  text,
  WO,
  type Model,
} from "../model.ts";
import { createProfile, type Body } from "../profile.ts";
import { entry, number, type Elements, type Stored } from "../stored.ts";
import type { Profile } from "../profile-contract.ts";
import type { Runtime } from "../runtime.ts";

type OwnRuntime = Runtime<object, Body>;

// scorm12.js:1599-1690
const span = like(/^\d+:\d{2}:\d{2}(\.\d{1,2})?$/);
const identifier = like(/^[!-~\s]{0,255}$/);
const anything = () => true;
const within =
  (low: number, high: number): ((value: string) => boolean) =>
  (value) =>
    /^-?\d{0,3}(\.\d*)?$/.test(value) &&
    value !== "" &&
    Number(value) >= low &&
    Number(value) <= high;
const score = (value: string) => value === "" || within(0, 100)(value);
const result = like(/^(correct|incorrect|wrong|unanticipated|neutral|\d{0,3}(\.\d*)?)$/);
const STATUS = ["passed", "completed", "failed", "incomplete", "browsed"];

/** What it sends for an attempt without values (renderCommitCMI). */
const INITIAL_VALUES: Stored = {
  ...Object.fromEntries(
    [
      "comments",
      "comments_from_lms",
      "core.credit",
      "core.entry",
      "core.exit",
      "core.lesson_location",
      "core.score.min",
      "core.score.raw",
      "core.student_id",
      "core.student_name",
      "launch_data",
      "student_data.mastery_score",
      "student_data.max_time_allowed",
      "student_data.time_limit_action",
      "student_preference.audio",
      "student_preference.language",
      "student_preference.speed",
      "student_preference.text",
      "suspend_data",
    ].map((name) => [`cmi.${name}`, ""]),
  ),
  "cmi.core.lesson_mode": "normal",
  "cmi.core.lesson_status": "not attempted",
  "cmi.core.score.max": "100",
  "cmi.core.session_time": "00:00:00",
};
const LEAVES: { [list: string]: string[] } = {
  "cmi.interactions": ["id", "time", "type", "weighting", "student_response", "result", "latency"],
  "cmi.objectives": ["id", "status", "score.raw", "score.min"],
};

const ELEMENTS: Model["elements"] = {
  ...MODEL,
  "cmi.core.lesson_status": { access: RW, takes: oneOf(...STATUS) },
  // scorm12.js:13970: "normal" is accepted for "".
  "cmi.core.exit": {
    access: WO,
    takes: oneOf("time-out", "suspend", "logout", "", "normal"),
    keep: (value) => value.replace("normal", ""),
  },
  // scorm12.js:13995
  "cmi.core.session_time": { access: WO, takes: span, keep: clean },
  // scorm12.js:1621: the limit of SCORM 2004.
  "cmi.suspend_data": { access: RW, takes: text(64000) },
  "cmi.interactions.n.id": { access: WO, takes: identifier },
  "cmi.interactions.n.objectives.n.id": { access: WO, takes: identifier },
  "cmi.interactions.n.correct_responses.n.pattern": { access: WO, takes: anything },
  "cmi.interactions.n.student_response": { access: WO, takes: anything },
  "cmi.interactions.n.weighting": { access: WO, takes: within(-100, 100) },
  // scorm12.js:15030
  "cmi.interactions.n.result": {
    access: WO,
    takes: result,
    keep: (value) => value.replace("incorrect", "wrong"),
  },
  "cmi.interactions.n.latency": { access: WO, takes: span, keep: clean },
  "cmi.objectives.n.id": { access: RW, takes: identifier },
  "cmi.objectives.n.score.max": { access: RW, takes: score, initial: "100" },
};
for (const name of ["core", "objectives.n"]) {
  for (const part of ["raw", "min"])
    ELEMENTS[`cmi.${name}.score.${part}`] = { access: RW, takes: score };
}
ELEMENTS["cmi.core.score.max"] = { access: RW, takes: score };

export const profile: Profile<object, Body> = createProfile({
  name: "scorm-again",
  product: "scorm-again 3.4.3",
  special:
    "A mark in the manifest replaces any status when the visit ends. A visit that is never " +
    "closed takes the time of all earlier ones with it, and a status never told stays " +
    '"not attempted".',
  settings: { masteryOverride: true },
  variants: { "without mastery override": { masteryOverride: false } },

  model: () => ({
    elements: ELEMENTS,
    children: {
      cmi: CHILDREN_OF_CMI,
      ...CHILDREN,
    },
    lists: [
      "cmi.objectives",
      "cmi.interactions",
      "cmi.interactions.n.objectives",
      "cmi.interactions.n.correct_responses",
    ],
  }),
  // scorm12.js:12530
  strings: false,
  codes: { unknown: () => "401" },
  // scorm12.js:12437-12600: after LMSFinish, all functions but LMSInitialize and LMSFinish still
  // work.
  open: (phase) => phase !== "new",

  begin(rt) {
    rt.values.clear();
    for (const [element, value] of Object.entries(INITIAL_VALUES)) rt.values.set(element, value);
    for (const [element, value] of rt.page) rt.values.set(element, value);
  },
  // scorm12.js:11756, _performSyncXHR
  onCommit(rt) {
    try {
      return rt.transport.sync({ kind: "commit", values: body(rt) });
    } catch {
      return false;
    }
  },
  // scorm12.js:16159, storeData; 11728: LMSFinish sends a beacon.
  onFinish(rt) {
    rt.values.set("cmi.core.lesson_status", finalStatus(rt));
    return rt.transport.beacon({
      kind: "finish",
      values: { ...body(rt), "cmi.core.total_time": total(rt) },
    });
  },

  launch(record, asked) {
    const values = record.attempts[record.attempt];
    const kept = Object.entries(values).filter(
      ([element]) => !/^cmi\.core\.(exit|session_time)$/.test(element),
    );
    const { mastery } = record.package;
    return {
      mode: asked.mode,
      elements: {
        ...Object.fromEntries(kept),
        "cmi.core.student_id": asked.learner.id,
        "cmi.core.student_name": asked.learner.name,
        "cmi.core.credit": asked.mode === "normal" ? "credit" : "no-credit",
        "cmi.core.lesson_mode": asked.mode,
        "cmi.core.entry": entry(values),
        ...(mastery && { "cmi.student_data.mastery_score": mastery }),
      },
    };
  },
  launched() {},
  // The server replaces all data by what arrives.
  receive(record, { body: { values } }) {
    const stored = Object.entries(values).map(([element, value]) => [element, String(value)]);
    record.attempts[record.attempt] = Object.fromEntries(stored);
  },
  replaced() {},
  grade: () => null,
});

function body({ values }: OwnRuntime) {
  const sent: Elements = Object.fromEntries(values);
  delete sent["cmi.core.total_time"];
  for (const element of Object.keys(sent)) {
    const [member, list] = /^(cmi\.(?:interactions|objectives))\.\d+(?=\.)/.exec(element) ?? [];
    for (const leaf of (list && LEAVES[list]) || []) sent[`${member}.${leaf}`] ??= "";
    if (list === "cmi.objectives") sent[`${member}.score.max`] ??= "100";
  }
  return sent;
}

/** The status at the end of a visit. */
function finalStatus({ values, page, settings }: OwnRuntime) {
  const status = values.get("cmi.core.lesson_status") ?? "";
  const mode = values.get("cmi.core.lesson_mode");
  if (mode === "browse" && !page.get("cmi.core.lesson_status") && status === "not attempted")
    return "browsed";
  const raw = number(values.get("cmi.core.score.raw"));
  const mastery = number(values.get("cmi.student_data.mastery_score"));
  const isJudged =
    settings.masteryOverride && mode === "normal" && values.get("cmi.core.credit") === "credit";
  if (isJudged && raw !== null && mastery !== null) return raw >= mastery ? "passed" : "failed";
  return status;
}

const total = ({ values }: OwnRuntime) =>
  clean(seconds(values.get("cmi.core.total_time")) + seconds(values.get("cmi.core.session_time")));

/** scorm12.js:84: formats a timespan or seconds as HH:MM:SS, without trailing zeros in decimals. */
function clean(time: string | number) {
  const hundredths = Math.round((typeof time === "number" ? time : seconds(time)) * 100);
  const two = (count: number) => String(Math.floor(count)).padStart(2, "0");
  const rest = hundredths % 100 ? String((hundredths % 100) / 100).slice(1) : "";
  const [minutes, whole] = [(hundredths / 6000) % 60, (hundredths / 100) % 60];
  return `${two(hundredths / 360000)}:${two(minutes)}:${two(whole)}${rest}`;
}

// Chamilo 1.11 before it saved in the background: a commit sends changes in a synchronous request.
// Sources in main/lp: scorm_api.php (js), lp_ajax_save_item.php (save; chamilo/chamilo-lms,
// 941020d), lp_initialize_item.inc.php (13c4b4a), learnpathItem.class.php (item; 3025b37). See
// facts/learning-systems.md. Later versions (scorm_api.php, 1b92c74) lose less: each commit sends
// everything of the visit in the background, and a beacon follows during unload.

import { MODEL, RO, RW, seconds, WO, type Model } from "../model.ts";
import { createProfile } from "../profile.ts";
import {
  listed,
  number,
  type DataMessage,
  type LaunchMessage,
  type Package,
  type Stored,
  type TraineeRecord,
} from "../stored.ts";
import type { Profile, Settings } from "../profile-contract.ts";
import type { Runtime } from "../runtime.ts";

interface Memory {
  /** Elements to send with the next commit. */
  changed: Set<string>;
  /** Whether the course has set a status in this visit. */
  statusTold: boolean;
}

type Body = { kind: "commit" | "finish"; statusTold: boolean; values: Stored };
/** `before`: seconds of the visits before this one. */
type OwnRecord = TraineeRecord & { before?: number };

const anything = () => true;
// js, LMSGetValue
const UNSUPPORTED =
  /^cmi\.(student_preference\.|student_data\.time_limit_action$|comments|student_demographics\.)/;
// js, LMSSetValue
const READ_ONLY = RegExp(
  "^cmi\\.(core\\.(student_id|student_name|credit|entry|total_time|lesson_mode)|" +
    "comments_from_lms|student_data\\.\\w+|student_preference\\._children|launch_data)$",
);
const SENT = [
  "cmi.core.score.raw",
  "cmi.core.score.max",
  "cmi.core.score.min",
  "cmi.core.lesson_location",
  "cmi.core.lesson_status",
  "cmi.core.session_time",
  "cmi.suspend_data",
  "cmi.core.exit",
];
const ANSWERS = [
  "id",
  "time",
  "type",
  "correct_responses.n.pattern",
  "weighting",
  "student_response",
  "result",
  "latency",
];

const READABLE = [
  "core.student_id",
  "core.student_name",
  "core.credit",
  "core.entry",
  "core.total_time",
  "core.lesson_mode",
  "launch_data",
  "student_data.mastery_score",
  "student_data.max_time_allowed",
];

const ELEMENTS: Model["elements"] = {};
for (const element of SENT) ELEMENTS[element] = { access: MODEL[element].access, takes: anything };
for (const leaf of ANSWERS)
  ELEMENTS[`cmi.interactions.n.${leaf}`] = { access: WO, takes: anything, unread: "201" };
for (const leaf of ["id", "score.raw", "score.max", "score.min", "status"])
  ELEMENTS[`cmi.objectives.n.${leaf}`] = { access: RW, takes: anything };
for (const name of READABLE) ELEMENTS[`cmi.${name}`] = { access: RO };
ELEMENTS["cmi.objectives.n.status"].initial = "not attempted";

// item, possible_status
const STATUS = ["not attempted", "incomplete", "completed", "passed", "failed", "browsed"];

export const profile: Profile<Memory, Body> = createProfile({
  name: "Chamilo",
  product: "Chamilo 1.11 before it saved in the background, sources",
  lacks: ({ severalAttempts }) => ({
    browse: "there is no such way to open a course (learnpathItem.class.php, get_lesson_mode)",
    ...(severalAttempts && {
      review:
        "a course that allows several attempts is never opened for review " +
        "(learnpathItem.class.php, get_lesson_mode)",
    }),
  }),
  special:
    "LMSCommit always returns true, and lost values are not sent again. Nothing is sent while " +
    "the page is being closed. A score of 0 is not kept (0.01 may remain after a failed save), " +
    "and a commit without cmi.core.exit deletes the score. Unless several attempts are allowed, " +
    "nothing is recorded after a final status. Later versions send all values of a visit with " +
    "each commit.",
  // item, get_prevent_reinit: 1 unless a teacher allows several attempts.
  settings: { severalAttempts: false },
  variants: { "several attempts": { severalAttempts: true } },

  model: () => ({
    elements: ELEMENTS,
    // js, LMSGetValue: with spaces.
    children: {
      "cmi.core":
        "entry, exit, lesson_status, student_id, student_name, lesson_location, total_time, " +
        "credit, lesson_mode, score, session_time",
      "cmi.core.score": "raw,min,max",
      "cmi.objectives": "id,score,status",
      "cmi.objectives.n.score": "raw,min,max",
      "cmi.student_data": "mastery_score,max_time_allowed",
      "cmi.interactions":
        "id,time,type,correct_responses,weighting,student_response,result,latency",
    },
    lists: ["cmi.objectives", "cmi.interactions"],
  }),
  // js, LMSSetValue, LMSCommit, LMSFinish: phases are not checked; LMSInitialize starts again.
  session: false,
  strings: false,
  empty: () => true,
  codes: {
    beyondRead: "0",
    beyondWrite: (element) => (element.startsWith("cmi.objectives.") ? "201" : "0"),
    noChildren: "201",
    noCount: "201",
    keyword: "401",
    unknown(element, written) {
      if (!written) return UNSUPPORTED.test(element) ? "401" : "201";
      return READ_ONLY.test(element) ? "403" : "401";
    },
  },
  errorString: (_code, last) =>
    (last === "201" && "Invalid argument error") ||
    (last === "401" && "Not implemented error") ||
    "No error",
  diagnostic: (_code, last) => last,
  // js, LMSGetValue: numbers are not converted.
  counts: (n) => n,

  memory: () => ({ changed: new Set(), statusTold: false }),
  begin({ memory, page, values }) {
    memory.changed.clear();
    memory.statusTold = false;
    for (const [element, value] of page) values.set(element, value);
  },
  onSet({ memory }, element) {
    memory.changed.add(element);
    if (element === "cmi.core.lesson_status") memory.statusTold = true;
  },
  onCommit: (rt) => save(rt, "commit"),
  onFinish: (rt) => save(rt, "finish"),
  // js, addListeners: saves during unload, by the same synchronous request.
  onLeave(api) {
    api.LMSCommit("");
  },

  launch(record, asked, settings) {
    const values = record.attempts[record.attempt];
    const review = !settings.severalAttempts && over(values);
    const { mastery, launchData } = record.package;
    return {
      mode: review ? "review" : "normal",
      elements: {
        // lp_initialize_item.inc.php: the score and its range are always numbers.
        "cmi.core.score.raw": Number(values["cmi.core.score.raw"] || 0),
        "cmi.core.score.max": Number(values["cmi.core.score.max"] || 100),
        "cmi.core.score.min": Number(values["cmi.core.score.min"] || 0),
        "cmi.core.lesson_status": values["cmi.core.lesson_status"] ?? "not attempted",
        "cmi.core.lesson_location": values["cmi.core.lesson_location"] ?? "",
        "cmi.suspend_data": values["cmi.suspend_data"] ?? "",
        "cmi.core.total_time": time(seconds(values["cmi.core.total_time"])),
        "cmi.core.entry": entryOf(values),
        "cmi.core.student_id": asked.learner.id,
        "cmi.core.student_name": asked.learner.name,
        // item, get_credit, get_lesson_mode
        "cmi.core.credit": review ? "no-credit" : "credit",
        "cmi.core.lesson_mode": review ? "review" : "normal",
        "cmi.student_data.mastery_score": mastery,
        "cmi.student_data.max_time_allowed": "",
        "cmi.launch_data": launchData,
        // Only the number of interactions, without their content.
        ...idsOfAnswers(values),
        ...Object.fromEntries(
          Object.entries(values).filter(([element]) => element.startsWith("cmi.objectives.")),
        ),
      },
    };
  },
  launched,
  receive,
});

/** lp_initialize_item.inc.php */
function entryOf({ "cmi.core.exit": exit = "none" }: Stored) {
  if (exit === "none") return "ab-initio";
  return exit === "suspend" ? "resume" : "";
}

const idsOfAnswers = (values: Stored) =>
  Object.fromEntries(
    listed(values, "cmi.interactions").map((_, at) => [`cmi.interactions.${at}.id`, String(at)]),
  );

function launched(record: OwnRecord, message: LaunchMessage) {
  record.before = seconds(record.attempts[record.attempt]["cmi.core.total_time"]);
  if (message.attempt !== "new") return;
  record.attempt += 1;
  record.attempts[record.attempt] = {};
  record.before = 0;
}

function receive(record: OwnRecord, { body }: DataMessage<Body>, settings: Settings) {
  const values = record.attempts[record.attempt];
  const finished = over(values);
  // item, write_to_db, get_credit: nothing is recorded once the course is finished, not even in the
  // same visit.
  if (finished && !settings.severalAttempts) return;
  for (const [told, value] of Object.entries(body.values)) {
    const element = asKept(told, body.values, values);
    // save, at the end of the file: values that PHP considers empty are ignored.
    if (element === "cmi.core.exit" || value === "" || value === "0") continue;
    if (element === "cmi.core.lesson_status") {
      // item, write_to_db: a final status is not changed.
      if (!finished) values[element] = statusOf(value);
    } else if (element === "cmi.core.session_time") {
      values["cmi.core.total_time"] = time((record.before ?? 0) + seconds(value));
    } else {
      values[element] = value;
    }
  }
  // item, set_core_exit: also if a commit does not contain it.
  const exit = body.values["cmi.core.exit"] ?? "";
  values["cmi.core.exit"] = exit === "" || exit === "suspend" ? exit : "none";
  if (!body.statusTold && !over(values)) judge(values, body, record.package);
}

const statusOf = (word: string) =>
  STATUS.find((status) => status === word.toLowerCase()) ?? STATUS[0];

/**
 * js, savedata, xajax_save_item_scorm, reinit_updatable_vars_list: sends the changes in a
 * synchronous request and ignores its failure. After that nothing counts as changed, and the status
 * reads as "not attempted".
 */
function save({ memory, values, transport }: Runtime<Memory, Body>, kind: Body["kind"]) {
  const sent: Stored = {};
  for (const element of memory.changed) {
    if (SENT.includes(element) || /^cmi\.(interactions|objectives)\./.test(element))
      sent[element] = String(values.get(element));
  }
  memory.changed.clear();
  values.set("cmi.core.lesson_status", "not attempted");
  try {
    transport.sync({ kind, statusTold: memory.statusTold, values: sent });
  } catch {
    // jQuery swallows the exception.
  }
  return true;
}

/** item, write_to_db: an answer replaces the first one with its index or its id. */
function asKept(element: string, told: Stored, kept: Stored) {
  const [, index, leaf] = /^cmi\.interactions\.(\d+)\.(.+)$/.exec(element) ?? [];
  const id = index && told[`cmi.interactions.${index}.id`];
  if (!id) return element;
  const isPlace = (name: string) => /^cmi\.interactions\.\d+\.id$/.test(name);
  const place = Object.keys(kept).find(
    (name) => isPlace(name) && (name === `cmi.interactions.${index}.id` || kept[name] === id),
  );
  return place ? place.replace(/id$/, leaf) : element;
}

const over = (values: Stored) =>
  ["completed", "passed", "failed", "browsed"].includes(values["cmi.core.lesson_status"]);

/**
 * save, save_item: if the course has set no status in this visit, the LMS does, with a score at
 * once, without one at the end.
 */
function judge(values: Stored, { kind, values: told }: Body, { mastery }: Package) {
  const raw = number(told["cmi.core.score.raw"]);
  const first = (values["cmi.core.lesson_status"] ?? STATUS[0]) === STATUS[0];
  if (Number(mastery) && raw)
    values["cmi.core.lesson_status"] = raw >= Number(mastery) ? "passed" : "failed";
  else if (kind === "finish" && first) values["cmi.core.lesson_status"] = "completed";
}

function time(total: number) {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(total / 3600)}:${two((total / 60) % 60)}:${two(total % 60)}`;
}

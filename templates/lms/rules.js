// What the judge of findings.js finds: a row a rule.
//
// `call(call, visit)` says whether a call breaks the rule, `visit` being what was known before it;
// `visit(visit)` whether a visit did, `run(run)` whether all of them together. `kind` is
// "specification" where SCORM 1.2 forbids it, "policy" where our players do (facts/policy.md#tracking; facts/interoperability.md).

import { CHILDREN, LISTS, MODEL, RO, WO, general, seconds } from "./model.js";

const STATUS = "cmi.core.lesson_status";
const RAW = "cmi.core.score.raw";
const STATE = "cmi.suspend_data";
const TIME = "cmi.core.session_time";
const EXIT = "cmi.core.exit";

const RANK = { "not attempted": 0, browsed: 0, incomplete: 1, failed: 2, completed: 3, passed: 4 };
const FINAL = ["passed", "completed", "failed"];
const ARGUMENTS = { LMSInitialize: 1, LMSFinish: 1, LMSCommit: 1, LMSGetValue: 1, LMSSetValue: 2 };

/** Milliseconds; a timer may be early by the clock of another page. */
const APART = 100;
/** PHP's default of input variables in a request, which Moodle fills (facts/moodle.md#data-model). */
const MOST_VALUES = 1000;
const VALUES_EACH = 8;

// A call with too few arguments is judged as such alone.
const sets = ({ name, args }) => name === "LMSSetValue" && args.length > 1;
const gets = ({ name, args }) => name === "LMSGetValue" && args.length > 0;
const rowOf = (element) => MODEL[general(element)];
const isKeyword = (element) => /\._(children|count|version)$/.test(element);
const parentOf = (element) => general(`${element.replace(/\._[a-z]+$/, "")}.`).slice(0, -1);
const mode = (visit) => visit.said.get("cmi.core.lesson_mode") || "normal";
const looking = (visit) => mode(visit) !== "normal";
const closes = ({ name }, visit) => name === "LMSFinish" && visit.phase === "running" && !looking(visit);
const noCredit = (visit) => visit.said.get("cmi.core.credit") === "no-credit";
const known = (visit, element) => visit.told.get(element) || visit.said.get(element) || "";
// Where writes have to keep apart, the state alone is written at once: the page may be leaving.
const leavingState = ({ args }, { paced }) => paced && args[0] === STATE;
const answerOf = (element) => /^cmi\.interactions\.\d+(?=\.)/.exec(element)?.[0];

/** How many members a list has: as the LMS counted, and those told since; null where it does not count. */
function counted(list, { said, told }) {
  let most = /^\d+$/.test(said.get(`${list}._count`) ?? "") ? Number(said.get(`${list}._count`)) : null;
  for (const element of told.keys()) {
    const index = element.startsWith(`${list}.`) ? Number.parseInt(element.slice(list.length + 1), 10) : NaN;
    if (index >= (most ?? 0)) most = index + 1;
  }
  return most;
}

/** Whether an index leaves a gap; `more` is by how much a list may grow. */
function gap(element, visit, more) {
  const steps = element.split(".");
  return steps.some((step, at) => {
    if (!/^\d+$/.test(step)) return false;
    const list = steps.slice(0, at).join(".");
    const has = counted(list, visit);
    // Inside a member nobody counts for us: it starts empty. An LMS that does not count its lists
    // leaves the first index to the course.
    if (has === null) return LISTS.includes(list) ? false : Number(step) >= more;
    return Number(step) >= has + more;
  });
}

/** The value told, as much of it as the log of a page that went away has. */
const logged = ({ args, length }) => (length === undefined ? args[1] : args[1].replace(/… \(\d+ characters\)$/, ""));

const takes = (element, value, visit) => rowOf(element)?.takes?.(value, element, visit.told);

export const RULES = [
  {
    code: "before-initialise", kind: "specification", source: "facts/scorm-1.2.md#api: outside running → 301",
    words: "A call before LMSInitialize succeeded.",
    call: ({ name }, { phase }) => phase === "new" && name in ARGUMENTS && name !== "LMSInitialize",
  },
  {
    code: "after-finish", kind: "specification", source: "facts/scorm-1.2.md#api: outside running → 301",
    words: "A call after LMSFinish.",
    call: ({ name }, { phase }) => phase === "finished" && name in ARGUMENTS && !["LMSInitialize", "LMSFinish"].includes(name),
  },
  {
    code: "initialise-twice", kind: "specification", source: "facts/scorm-1.2.md#api: once; second → 101",
    words: "LMSInitialize was called again although it had succeeded.",
    call: ({ name }, { phase }) => name === "LMSInitialize" && phase !== "new",
  },
  {
    code: "finish-twice", kind: "specification", source: "facts/scorm-1.2.md#api: once",
    words: "LMSFinish was called again.",
    call: ({ name }, { phase }) => name === "LMSFinish" && phase === "finished",
  },
  {
    code: "arguments", kind: "specification", source: "facts/scorm-1.2.md#api: all arguments are strings; non-empty → 201",
    words: "The arguments are not strings, too many or too few, or not \"\" where they have to be.",
    call: ({ name, args, strings }) =>
      name in ARGUMENTS && (strings === false || args.length !== ARGUMENTS[name] || (/Init|Finish|Commit/.test(name) && args[0] !== "")),
  },
  {
    code: "unknown-element", kind: "specification", source: "facts/scorm-1.2.md#data-model",
    words: "The element is not in the data model.",
    call: (call) => (sets(call) || gets(call)) && !isKeyword(call.args[0]) && !rowOf(call.args[0]),
  },
  {
    code: "unknown-keyword", kind: "specification", source: "facts/scorm-1.2.md#error-codes: 202, 203",
    words: "The element has no such keyword.",
    call(call) {
      const [element] = call.args;
      if (!gets(call) || !isKeyword(element) || element === "cmi._version") return false;
      return element.endsWith("_count") ? !LISTS.includes(parentOf(element)) : CHILDREN[parentOf(element)] === undefined;
    },
  },
  {
    code: "keyword-set", kind: "specification", source: "facts/scorm-1.2.md#data-model: set → 402",
    words: "A keyword was set.",
    call: (call) => sets(call) && isKeyword(call.args[0]),
  },
  {
    code: "read-only", kind: "specification", source: "facts/scorm-1.2.md#data-model: 403",
    words: "An element was set that the LMS alone may set.",
    call: (call) => sets(call) && !isKeyword(call.args[0]) && rowOf(call.args[0])?.access === RO,
  },
  {
    code: "write-only", kind: "specification", source: "facts/scorm-1.2.md#data-model: 404",
    words: "An element was read that can only be written.",
    call: (call) => gets(call) && rowOf(call.args[0])?.access === WO,
  },
  {
    code: "index-gap", kind: "specification", source: "facts/scorm-1.2.md#data-model: arrays grow by one, greater → 201",
    words: "The index leaves a gap in its list.",
    call: (call, visit) =>
      (sets(call) && Boolean(rowOf(call.args[0])) && gap(call.args[0], visit, 1)) ||
      (gets(call) && rowOf(call.args[0])?.access !== WO && gap(call.args[0], visit, 0)),
  },
  {
    code: "state-too-long", kind: "specification", source: "facts/scorm-1.2.md#data-model: suspend_data 4096",
    words: "The state is longer than 4096 characters.",
    call: (call) => sets(call) && call.args[0] === STATE && (call.length ?? call.args[1].length) > 4096,
  },
  {
    code: "state-not-ascii", kind: "policy", source: "facts/interoperability.md, rule 17",
    words: "The state has characters other than printable ASCII.",
    call: (call) => sets(call) && call.args[0] === STATE && /[^ -~]/.test(logged(call)),
  },
  {
    code: "status-not-attempted", kind: "specification", source: "facts/scorm-1.2.md#data-model: LMS-only, set → 405",
    words: "\"not attempted\" was set.",
    call: (call) => sets(call) && call.args[0] === STATUS && call.args[1] === "not attempted",
  },
  {
    code: "response-before-type", kind: "specification", source: "facts/scorm-1.2.md#interactions",
    words: "A response or pattern was told before the type by which it is judged.",
    call: (call, visit) => sets(call) && judgedByType(call.args[0]) && !visit.told.has(`${answerOf(call.args[0])}.type`),
  },
  {
    code: "wrong-response", kind: "specification", source: "facts/scorm-1.2.md#interactions",
    words: "A response or pattern does not have the form of its type.",
    call: (call, visit) =>
      sets(call) && judgedByType(call.args[0]) && visit.told.has(`${answerOf(call.args[0])}.type`) && !takes(...call.args, visit),
  },
  {
    code: "wrong-value", kind: "specification", source: "facts/scorm-1.2.md#data-model: 405",
    words: "The element does not take this value.",
    call(call, visit) {
      const [element, value] = call.args;
      if (!sets(call) || judgedByType(element) || element === STATE || !rowOf(element)?.takes) return false;
      if (element === STATUS && value === "not attempted") return false;
      return !takes(element, value, visit);
    },
  },
  {
    code: "answer-without-id", kind: "policy", source: "facts/interoperability.md, rule 20: id, type, then the rest",
    words: "Something of an answer was told before its id.",
    call(call, visit) {
      const answer = sets(call) && answerOf(call.args[0]);
      return Boolean(answer) && call.args[0] !== `${answer}.id` && !visit.told.has(`${answer}.id`);
    },
  },
  {
    code: "answer-changed", kind: "policy", source: "facts/interoperability.md, rule 20: append-only",
    words: "An answer that was told already was told otherwise under the same index.",
    call(call, visit) {
      const answer = sets(call) && answerOf(call.args[0]);
      if (!answer) return false;
      const before = Number(visit.said.get("cmi.interactions._count") || 0);
      if (Number(answer.split(".")[2]) < before) return true;
      return visit.told.has(call.args[0]) && visit.told.get(call.args[0]) !== call.args[1];
    },
  },
  {
    code: "too-many-values", kind: "policy", source: "facts/moodle.md#data-model: 1000 input variables",
    words: "There are more values of answers than one request can carry.",
    visit({ said, told }) {
      const before = Number(said.get("cmi.interactions._count") || 0) * VALUES_EACH;
      return before + [...told.keys()].filter(answerOf).length > MOST_VALUES;
    },
  },
  {
    code: "mode-not-asked", kind: "policy", source: "facts/interoperability.md, rules 10 and 20",
    words: "A value was told before the mode of the visit was asked for.",
    call: (call, visit) => sets(call) && visit.phase === "running" && !visit.said.has("cmi.core.lesson_mode"),
  },
  {
    code: "looking-back-write", kind: "policy", source: "facts/moodle.md#entry-mode-attempts: review and browse are not read-only",
    words: "A value was told in review or browse.",
    call: (call, visit) => sets(call) && looking(visit),
  },
  {
    code: "looking-back-commit", kind: "policy", source: "facts/moodle.md#transport: call neither LMSFinish nor LMSCommit there",
    words: "LMSCommit was called in review or browse.",
    call: ({ name }, visit) => name === "LMSCommit" && looking(visit),
  },
  {
    code: "looking-back-finish", kind: "policy", source: "facts/moodle.md#transport: call neither LMSFinish nor LMSCommit there",
    words: "LMSFinish was called in review or browse.",
    call: ({ name }, visit) => name === "LMSFinish" && looking(visit),
  },
  {
    code: "no-credit", kind: "policy", source: "facts/scorm-1.2.md#meaning: without credit, score and status are not recorded",
    words: "A result was told in a visit without credit.",
    call: (call, visit) =>
      sets(call) && noCredit(visit) && (/\.score\./.test(call.args[0]) || (call.args[0] === STATUS && FINAL.includes(call.args[1]))),
  },
  {
    code: "status-lowered", kind: "policy", source: "facts/interoperability.md, rule 12",
    words: "The status was lowered.",
    call: (call, visit) =>
      sets(call) && call.args[0] === STATUS && !visit.trouble && RANK[call.args[1]] < (RANK[known(visit, STATUS)] ?? 0),
  },
  {
    code: "score-after-status", kind: "policy", source: "facts/interoperability.md, rule 14",
    words: "The score was told after the final status that it belongs to.",
    call: (call, visit) => sets(call) && call.args[0] === RAW && FINAL.includes(visit.batch.get(STATUS)),
  },
  {
    code: "score-without-range", kind: "policy", source: "facts/interoperability.md, rule 14",
    words: "A score was told before its minimum and maximum.",
    call: (call, visit) =>
      sets(call) && call.args[0] === RAW && !(known(visit, "cmi.core.score.min") && known(visit, "cmi.core.score.max")),
  },
  {
    code: "score-outside", kind: "policy", source: "facts/interoperability.md, rule 14",
    words: "The score lies outside its own minimum and maximum.",
    call(call, visit) {
      const [low, high] = ["min", "max"].map((name) => Number(known(visit, `cmi.core.score.${name}`) || NaN));
      return sets(call) && call.args[0] === RAW && (Number(call.args[1]) < low || Number(call.args[1]) > high);
    },
  },
  {
    code: "time-decreasing", kind: "policy", source: "facts/interoperability.md, rule 16",
    words: "The time of the visit went back.",
    call: (call, visit) => sets(call) && call.args[0] === TIME && seconds(call.args[1]) < seconds(visit.told.get(TIME)),
  },
  {
    code: "exit-not-suspend", kind: "policy", source: "facts/interoperability.md, rule 18",
    words: "The exit is not \"suspend\".",
    call: (call) => sets(call) && call.args[0] === EXIT && call.args[1] !== "suspend",
  },
  {
    code: "exit-missing", kind: "policy", source: "facts/interoperability.md, rule 18",
    words: "The visit was closed without an exit.",
    call: (call, visit) => closes(call, visit) && !visit.told.has(EXIT),
  },
  {
    code: "time-missing", kind: "policy", source: "facts/interoperability.md, rule 16",
    words: "The visit was closed without its time.",
    call: (call, visit) => closes(call, visit) && !visit.told.has(TIME),
  },
  {
    code: "twice-in-a-batch", kind: "policy", source: "facts/interoperability.md, rule 13",
    words: "An element was told two values without a commit between them.",
    call: (call, visit) =>
      sets(call) && visit.batch.has(call.args[0]) && visit.batch.get(call.args[0]) !== call.args[1] &&
      !answerOf(call.args[0]) && !leavingState(call, visit),
  },
  {
    code: "unchanged", kind: "policy", source: "facts/interoperability.md, rule 13",
    words: "A value was told again although nothing had failed.",
    call: (call, visit) => sets(call) && !visit.trouble && visit.told.get(call.args[0]) === call.args[1],
  },
  {
    code: "not-paced", kind: "policy", source: "facts/learning-systems.md#wagtail-lms: writes overtake each other",
    words: "Values followed each other faster than this LMS keeps apart.",
    call: (call, visit) => sets(call) && visit.paced && !leavingState(call, visit) && call.at - visit.lastWrite < APART,
  },
  {
    code: "not-committed", kind: "policy", source: "facts/interoperability.md, rule 19",
    words: "Values were told and not committed in good time.",
    visit: ({ late, trouble }) => late && !trouble,
  },
  {
    code: "too-many-calls", kind: "policy", source: "issue 5: 30 a session, 5 a page view, 16 an answer",
    words: "There were more calls than the pages and answers account for.",
    run: ({ traffic, most }) => traffic > most,
  },
];

function judgedByType(element) {
  return /^cmi\.interactions\.\d+\.(student_response|correct_responses\.\d+\.pattern)$/.test(element);
}

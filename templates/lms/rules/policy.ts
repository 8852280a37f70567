// Rules of our own, for what the player does not do although SCORM 1.2 allows it
// (facts/policy.md#tracking; facts/interoperability.md).

import { seconds } from "../model.ts";
import {
  answerOf,
  isWithoutCredit,
  known,
  logged,
  looksBack,
  STATE,
  STATUS,
  sets,
} from "./reading.ts";
import type { JudgedVisit } from "../findings.ts";
import type { Call } from "../log.ts";
import type { Rule } from "../rules.ts";

const RAW = "cmi.core.score.raw";
const TIME = "cmi.core.session_time";
const EXIT = "cmi.core.exit";

const RANK: { [status: string]: number } = {
  "not attempted": 0,
  browsed: 0,
  incomplete: 1,
  failed: 2,
  completed: 3,
  passed: 4,
};
const FINAL = ["passed", "completed", "failed"];

/** In ms; a timer may be early by the clock of another page. */
const MIN_INTERVAL_MS = 100;
/**
 * PHP's default limit for input variables in a request, which Moodle may reach
 * (facts/moodle.md#data-model).
 */
const MOST_VALUES = 1000;
const VALUES_EACH = 8;

const closes = ({ name }: Call, visit: JudgedVisit) =>
  name === "LMSFinish" && visit.phase === "running" && !looksBack(visit);

/**
 * In an LMS where writes need pauses, the state alone may be written at once, because the page may
 * be unloaded.
 */
const writesLeavingState = ({ args }: Call, { paced }: JudgedVisit) => paced && args[0] === STATE;

export const POLICY: Rule[] = [
  {
    code: "state-not-ascii",
    kind: "policy",
    source: "facts/interoperability.md, rule 17",
    words: "The state has characters other than printable ASCII.",
    call: (call) => sets(call) && call.args[0] === STATE && /[^ -~]/.test(logged(call)),
  },
  {
    code: "answer-without-id",
    kind: "policy",
    source: "facts/interoperability.md, rule 20: id, type, then the rest",
    words: "Something of an answer was told before its id.",
    call(call, visit) {
      const answer = sets(call) && answerOf(call.args[0]);
      return Boolean(answer) && call.args[0] !== `${answer}.id` && !visit.told.has(`${answer}.id`);
    },
  },
  {
    code: "answer-changed",
    kind: "policy",
    source: "facts/interoperability.md, rule 20: append-only",
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
    code: "too-many-values",
    kind: "policy",
    source: "facts/moodle.md#data-model: 1000 input variables",
    words: "There are more values of answers than one request can carry.",
    visit({ said, told }) {
      const before = Number(said.get("cmi.interactions._count") || 0) * VALUES_EACH;
      return before + [...told.keys()].filter(answerOf).length > MOST_VALUES;
    },
  },
  {
    code: "mode-not-asked",
    kind: "policy",
    source: "facts/interoperability.md, rules 10 and 20",
    words: "A value was told before the mode of the visit was asked for.",
    call: (call, visit) =>
      sets(call) && visit.phase === "running" && !visit.said.has("cmi.core.lesson_mode"),
  },
  {
    code: "looking-back-write",
    kind: "policy",
    source: "facts/moodle.md#entry-mode-attempts: review and browse are not read-only",
    words: "A value was told in review or browse.",
    call: (call, visit) => sets(call) && looksBack(visit),
  },
  {
    code: "looking-back-commit",
    kind: "policy",
    source: "facts/moodle.md#transport: call neither LMSFinish nor LMSCommit there",
    words: "LMSCommit was called in review or browse.",
    call: ({ name }, visit) => name === "LMSCommit" && looksBack(visit),
  },
  {
    code: "looking-back-finish",
    kind: "policy",
    source: "facts/moodle.md#transport: call neither LMSFinish nor LMSCommit there",
    words: "LMSFinish was called in review or browse.",
    call: ({ name }, visit) => name === "LMSFinish" && looksBack(visit),
  },
  {
    code: "no-credit",
    kind: "policy",
    source: "facts/scorm-1.2.md#meaning: without credit, score and status are not recorded",
    words: "A result was told in a visit without credit.",
    call: (call, visit) =>
      sets(call) &&
      isWithoutCredit(visit) &&
      (/\.score\./.test(call.args[0]) || (call.args[0] === STATUS && FINAL.includes(call.args[1]))),
  },
  {
    code: "status-lowered",
    kind: "policy",
    source: "facts/interoperability.md, rule 12",
    words: "The status was lowered.",
    call: (call, visit) =>
      sets(call) &&
      call.args[0] === STATUS &&
      !visit.trouble &&
      RANK[call.args[1]] < (RANK[known(visit, STATUS)] ?? 0),
  },
  {
    code: "score-after-status",
    kind: "policy",
    source: "facts/interoperability.md, rule 14",
    words: "The score was told after the final status that it belongs to.",
    call: (call, visit) =>
      sets(call) && call.args[0] === RAW && FINAL.includes(visit.batch.get(STATUS) ?? ""),
  },
  {
    code: "score-without-range",
    kind: "policy",
    source: "facts/interoperability.md, rule 14",
    words: "A score was told before its minimum and maximum.",
    call: (call, visit) =>
      sets(call) &&
      call.args[0] === RAW &&
      !(known(visit, "cmi.core.score.min") && known(visit, "cmi.core.score.max")),
  },
  {
    code: "score-outside",
    kind: "policy",
    source: "facts/interoperability.md, rule 14",
    words: "The score lies outside its own minimum and maximum.",
    call(call, visit) {
      const [low, high] = ["min", "max"].map((name) =>
        Number(known(visit, `cmi.core.score.${name}`) || NaN),
      );
      return (
        sets(call) &&
        call.args[0] === RAW &&
        (Number(call.args[1]) < low || Number(call.args[1]) > high)
      );
    },
  },
  {
    code: "time-decreasing",
    kind: "policy",
    source: "facts/interoperability.md, rule 16",
    words: "The time of the visit went back.",
    call: (call, visit) =>
      sets(call) && call.args[0] === TIME && seconds(call.args[1]) < seconds(visit.told.get(TIME)),
  },
  {
    code: "exit-not-suspend",
    kind: "policy",
    source: "facts/interoperability.md, rule 18",
    words: 'The exit is not "suspend".',
    call: (call) => sets(call) && call.args[0] === EXIT && call.args[1] !== "suspend",
  },
  {
    code: "exit-missing",
    kind: "policy",
    source: "facts/interoperability.md, rule 18",
    words: "The visit was closed without an exit.",
    call: (call, visit) => closes(call, visit) && !visit.told.has(EXIT),
  },
  {
    code: "time-missing",
    kind: "policy",
    source: "facts/interoperability.md, rule 16",
    words: "The visit was closed without its time.",
    call: (call, visit) => closes(call, visit) && !visit.told.has(TIME),
  },
  {
    code: "twice-in-a-batch",
    kind: "policy",
    source: "facts/interoperability.md, rule 13",
    words: "An element was told two values without a commit between them.",
    call: (call, visit) =>
      sets(call) &&
      visit.batch.has(call.args[0]) &&
      visit.batch.get(call.args[0]) !== call.args[1] &&
      !answerOf(call.args[0]) &&
      !writesLeavingState(call, visit),
  },
  {
    code: "unchanged",
    kind: "policy",
    source: "facts/interoperability.md, rule 13",
    words: "A value was told again although nothing had failed.",
    call: (call, visit) =>
      sets(call) && !visit.trouble && visit.told.get(call.args[0]) === call.args[1],
  },
  {
    code: "not-paced",
    kind: "policy",
    source: "facts/learning-systems.md#wagtail-lms: writes overtake each other",
    words: "Values followed each other faster than this LMS keeps apart.",
    call: (call, visit) =>
      sets(call) &&
      visit.paced &&
      !writesLeavingState(call, visit) &&
      call.at - visit.lastWrite < MIN_INTERVAL_MS,
  },
  {
    code: "not-committed",
    kind: "policy",
    source: "facts/interoperability.md, rule 19",
    words: "Values were told and not committed in good time.",
    visit: ({ late, trouble }) => late && !trouble,
  },
  {
    code: "too-many-calls",
    kind: "policy",
    source: "facts/policy.md#tracking: 30 a session, 5 a page view, 16 an answer",
    words: "There were more calls than the pages and answers account for.",
    run: ({ traffic, most }) => traffic > most,
  },
];

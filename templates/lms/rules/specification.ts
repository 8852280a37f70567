// Rules of SCORM 1.2.

import { CHILDREN, LISTS, RO, WO } from "../model.ts";
import {
  ARGUMENTS,
  answerOf,
  gets,
  isJudgedByType,
  isKeyword,
  leavesGap,
  parentOf,
  rowOf,
  STATE,
  STATUS,
  sets,
  takes,
} from "./reading.ts";
import type { Rule } from "../rules.ts";

export const SPECIFICATION: Rule[] = [
  {
    code: "before-initialise",
    kind: "specification",
    source: "facts/scorm-1.2.md#api: outside running → 301",
    words: "A call before LMSInitialize succeeded.",
    call: ({ name }, { phase }) => phase === "new" && name in ARGUMENTS && name !== "LMSInitialize",
  },
  {
    code: "after-finish",
    kind: "specification",
    source: "facts/scorm-1.2.md#api: outside running → 301",
    words: "A call after LMSFinish.",
    call: ({ name }, { phase }) =>
      phase === "finished" && name in ARGUMENTS && !["LMSInitialize", "LMSFinish"].includes(name),
  },
  {
    code: "initialise-twice",
    kind: "specification",
    source: "facts/scorm-1.2.md#api: once; second → 101",
    words: "LMSInitialize was called again although it had succeeded.",
    call: ({ name }, { phase }) => name === "LMSInitialize" && phase !== "new",
  },
  {
    code: "finish-twice",
    kind: "specification",
    source: "facts/scorm-1.2.md#api: once",
    words: "LMSFinish was called again.",
    call: ({ name }, { phase }) => name === "LMSFinish" && phase === "finished",
  },
  {
    code: "arguments",
    kind: "specification",
    source: "facts/scorm-1.2.md#api: all arguments are strings; non-empty → 201",
    words: 'The arguments are not strings, too many or too few, or not "" where they have to be.',
    call: ({ name, args, strings }) =>
      name in ARGUMENTS &&
      (strings === false ||
        args.length !== ARGUMENTS[name] ||
        (/Init|Finish|Commit/.test(name) && args[0] !== "")),
  },
  {
    code: "unknown-element",
    kind: "specification",
    source: "facts/scorm-1.2.md#data-model",
    words: "The element is not in the data model.",
    call: (call) => (sets(call) || gets(call)) && !isKeyword(call.args[0]) && !rowOf(call.args[0]),
  },
  {
    code: "unknown-keyword",
    kind: "specification",
    source: "facts/scorm-1.2.md#error-codes: 202, 203",
    words: "The element has no such keyword.",
    call(call) {
      const [element] = call.args;
      if (!gets(call) || !isKeyword(element) || element === "cmi._version") return false;
      return element.endsWith("_count")
        ? !LISTS.includes(parentOf(element))
        : CHILDREN[parentOf(element)] === undefined;
    },
  },
  {
    code: "keyword-set",
    kind: "specification",
    source: "facts/scorm-1.2.md#data-model: set → 402",
    words: "A keyword was set.",
    call: (call) => sets(call) && isKeyword(call.args[0]),
  },
  {
    code: "read-only",
    kind: "specification",
    source: "facts/scorm-1.2.md#data-model: 403",
    words: "An element was set that the LMS alone may set.",
    call: (call) => sets(call) && !isKeyword(call.args[0]) && rowOf(call.args[0])?.access === RO,
  },
  {
    code: "write-only",
    kind: "specification",
    source: "facts/scorm-1.2.md#data-model: 404",
    words: "An element was read that can only be written.",
    call: (call) => gets(call) && rowOf(call.args[0])?.access === WO,
  },
  {
    code: "index-gap",
    kind: "specification",
    source: "facts/scorm-1.2.md#data-model: arrays grow by one, greater → 201",
    words: "The index leaves a gap in its list.",
    call: (call, visit) =>
      (sets(call) && Boolean(rowOf(call.args[0])) && leavesGap(call.args[0], visit, 1)) ||
      (gets(call) && rowOf(call.args[0])?.access !== WO && leavesGap(call.args[0], visit, 0)),
  },
  {
    code: "state-too-long",
    kind: "specification",
    source: "facts/scorm-1.2.md#data-model: suspend_data 4096",
    words: "The state is longer than 4096 characters.",
    call: (call) =>
      sets(call) && call.args[0] === STATE && (call.length ?? call.args[1].length) > 4096,
  },
  {
    code: "status-not-attempted",
    kind: "specification",
    source: "facts/scorm-1.2.md#data-model: LMS-only, set → 405",
    words: '"not attempted" was set.',
    call: (call) => sets(call) && call.args[0] === STATUS && call.args[1] === "not attempted",
  },
  {
    code: "response-before-type",
    kind: "specification",
    source: "facts/scorm-1.2.md#interactions",
    words: "A response or pattern was told before the type by which it is judged.",
    call: (call, visit) =>
      sets(call) &&
      isJudgedByType(call.args[0]) &&
      !visit.told.has(`${answerOf(call.args[0])}.type`),
  },
  {
    code: "wrong-response",
    kind: "specification",
    source: "facts/scorm-1.2.md#interactions",
    words: "A response or pattern does not have the form of its type.",
    call: (call, visit) =>
      sets(call) &&
      isJudgedByType(call.args[0]) &&
      visit.told.has(`${answerOf(call.args[0])}.type`) &&
      !takes(call.args[0], call.args[1], visit),
  },
  {
    code: "wrong-value",
    kind: "specification",
    source: "facts/scorm-1.2.md#data-model: 405",
    words: "The element does not take this value.",
    call(call, visit) {
      const [element, value] = call.args;
      if (!sets(call) || isJudgedByType(element) || element === STATE || !rowOf(element)?.takes)
        return false;
      if (element === STATUS && value === "not attempted") return false;
      return !takes(element, value, visit);
    },
  },
];

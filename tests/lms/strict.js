// A SCORM 1.2 run-time that takes nothing beyond the standard (SCORM12.md 2): every element and
// value is judged by the data model, and an interaction's response and patterns by its type.
"use strict";

const text = (most) => (value) => value.length <= most;
const like = (pattern) => (value) => pattern.test(value);
const oneOf = (...words) => (value) => words.includes(value);
const between = (low, high) => (value) => /^-?\d+$/.test(value) && Number(value) >= low && Number(value) <= high;

const identifier = like(/^[A-Za-z0-9_-]{1,255}$/);
const decimal = like(/^[+-]?(\d+(\.\d+)?|\.\d+)$/);
const score = (value) => value === "" || (decimal(value) && Number(value) >= 0 && Number(value) <= 100);
const timespan = like(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
const time = like(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
const anything = () => true;

const letters = "[a-z0-9](,[a-z0-9])*";
const pairs = "[a-z0-9]\\.[a-z0-9](,[a-z0-9]\\.[a-z0-9])*";
const short = (pattern) => (value) => value.length <= 255 && pattern.test(value);
const whole = (inside) => short(RegExp(`^${inside}$`));
const braced = (inside) => short(RegExp(`^(${inside}|\\{${inside}\\})$`));

// 2.6: what a response may be, and what a pattern.
const FORMATS = {
  "true-false": [whole("[tf01]"), whole("[tf01]")],
  choice: [whole(letters), braced(letters)],
  "fill-in": [text(255), text(255)],
  matching: [whole(pairs), braced(pairs)],
  sequencing: [whole(letters), whole(letters)],
  performance: [text(255), text(255)],
  likert: [whole("[a-z0-9]?"), whole("")],
  numeric: [short(/^[+-]?(\d+(\.\d+)?|\.\d+)$/), short(/^[+-]?(\d+(\.\d+)?|\.\d+)$/)],
};

const RO = "ro";
const RW = "rw";
const WO = "wo";
const status = oneOf("passed", "completed", "failed", "incomplete", "browsed");

// 2.5: the element, its access, what it takes. "n" stands for an index.
const MODEL = {
  "cmi.core.student_id": [RO],
  "cmi.core.student_name": [RO],
  "cmi.core.lesson_location": [RW, text(255)],
  "cmi.core.credit": [RO],
  "cmi.core.lesson_status": [RW, status],
  "cmi.core.entry": [RO],
  "cmi.core.score.raw": [RW, score],
  "cmi.core.score.min": [RW, score],
  "cmi.core.score.max": [RW, score],
  "cmi.core.total_time": [RO],
  "cmi.core.lesson_mode": [RO],
  "cmi.core.exit": [WO, oneOf("time-out", "suspend", "logout", "")],
  "cmi.core.session_time": [WO, timespan],
  // Printable ASCII, as the course promises and ILIAS demands.
  "cmi.suspend_data": [RW, like(/^[ -~]{0,4096}$/)],
  "cmi.launch_data": [RO],
  "cmi.comments": [RW, text(4096)],
  "cmi.comments_from_lms": [RO],
  "cmi.objectives.n.id": [RW, identifier],
  "cmi.objectives.n.score.raw": [RW, score],
  "cmi.objectives.n.score.min": [RW, score],
  "cmi.objectives.n.score.max": [RW, score],
  "cmi.objectives.n.status": [RW, oneOf("passed", "completed", "failed", "incomplete", "browsed", "not attempted")],
  "cmi.student_data.mastery_score": [RO],
  "cmi.student_data.max_time_allowed": [RO],
  "cmi.student_data.time_limit_action": [RO],
  "cmi.student_preference.audio": [RW, between(-1, 100)],
  "cmi.student_preference.speed": [RW, between(-100, 100)],
  "cmi.student_preference.text": [RW, between(-1, 1)],
  "cmi.student_preference.language": [RW, text(255)],
  "cmi.interactions.n.id": [WO, identifier],
  "cmi.interactions.n.objectives.n.id": [WO, identifier],
  "cmi.interactions.n.time": [WO, time],
  "cmi.interactions.n.type": [WO, oneOf(...Object.keys(FORMATS))],
  "cmi.interactions.n.correct_responses.n.pattern": [WO, anything],
  "cmi.interactions.n.weighting": [WO, decimal],
  "cmi.interactions.n.student_response": [WO, anything],
  "cmi.interactions.n.result": [WO, (value) => oneOf("correct", "wrong", "unanticipated", "neutral")(value) || decimal(value)],
  "cmi.interactions.n.latency": [WO, timespan],
};
const CHILDREN = {
  "cmi.core": "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
  "cmi.core.score": "raw,min,max",
  "cmi.objectives": "id,score,status",
  "cmi.student_data": "mastery_score,max_time_allowed,time_limit_action",
  "cmi.student_preference": "audio,language,speed,text",
  "cmi.interactions": "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
};
const LISTS = /^cmi\.(objectives|interactions(\.\d+\.(objectives|correct_responses))?)\._count$/;
const ERRORS = {
  0: "No error", 101: "General exception", 201: "Invalid argument error", 202: "Element cannot have children",
  203: "Element not an array - cannot have count", 301: "Not initialized", 401: "Not implemented error",
  402: "Invalid set value, element is a keyword", 403: "Element is read only", 404: "Element is write only",
  405: "Incorrect Data Type",
};

/** Takes the settings and has the functions that host.html uses of scorm-again's Scorm12API. */
class StrictApi {
  #state = "new";
  #error = "0";
  #values = new Map([["cmi.core.lesson_status", "not attempted"]]);

  constructor({ lmsCommitUrl }) {
    this.commitUrl = lmsCommitUrl;
  }

  loadFromFlattenedJSON(values) {
    for (const [element, value] of Object.entries(values)) this.#values.set(element, value);
  }

  #end(error, value) {
    this.#error = error;
    return value;
  }

  #from(state, args, next, act) {
    // A second LMSInitialize is 101, anything else outside the session 301 (2.3).
    if (this.#state !== state) return this.#end(state === "new" ? "101" : "301", "false");
    if (args.length !== 1 || args[0] !== "") return this.#end("201", "false");
    if (!act()) return this.#end("101", "false");
    this.#state = next;
    return this.#end("0", "true");
  }

  LMSInitialize = (...args) => this.#from("new", args, "running", () => true);
  LMSFinish = (...args) => this.#from("running", args, "finished", () => this.#store(true));
  LMSCommit = (...args) => this.#from("running", args, "running", () => this.#store(false));
  LMSGetLastError = () => this.#error;
  LMSGetErrorString = (code) => ERRORS[code] ?? "";
  LMSGetDiagnostic = (code) => ERRORS[code] ?? "";

  LMSGetValue = (...args) => {
    const [element] = args;
    if (this.#state !== "running") return this.#end("301", "");
    if (args.length !== 1 || typeof element !== "string" || !element) return this.#end("201", "");
    if (element === "cmi._version") return this.#end("0", "3.4");
    if (LISTS.test(element)) return this.#end("0", String(this.#count(element.slice(0, -"._count".length))));
    const [, parent, keyword] = /^(.+)\.(_children|_count)$/.exec(element) ?? [];
    if (keyword === "_children") return CHILDREN[parent] ? this.#end("0", CHILDREN[parent]) : this.#end("202", "");
    if (keyword === "_count") return this.#end("203", "");
    const row = MODEL[this.#name(element)];
    if (!row) return this.#end(/^cmi\./.test(element) ? "201" : "401", "");
    if (row[0] === WO) return this.#end("404", "");
    if (this.#beyond(element)) return this.#end("201", "");
    return this.#end("0", this.#values.get(element) ?? "");
  };

  LMSSetValue = (...args) => {
    const [element, value] = args;
    if (this.#state !== "running") return this.#end("301", "false");
    if (args.length !== 2 || typeof element !== "string" || !element) return this.#end("201", "false");
    if (/\._(children|count|version)$/.test(element)) return this.#end("402", "false");
    const row = MODEL[this.#name(element)];
    if (!row) return this.#end(/^cmi\./.test(element) ? "201" : "401", "false");
    if (row[0] === RO) return this.#end("403", "false");
    if (this.#beyond(element, 1)) return this.#end("201", "false");
    if (typeof value !== "string" || !row[1](value) || !this.#fitsType(element, value)) return this.#end("405", "false");
    this.#values.set(element, value);
    return this.#end("0", "true");
  };

  #name = (element) => element.replace(/\.\d+(?=\.)/g, ".n");

  #count(list) {
    const indices = [...this.#values.keys()]
      .filter((element) => element.startsWith(`${list}.`))
      .map((element) => Number(element.slice(list.length + 1).split(".")[0]))
      .filter(Number.isInteger);
    return Math.max(-1, ...indices) + 1;
  }

  /** Whether an index lies beyond its list, which may grow by `more`. */
  #beyond(element, more = 0) {
    const steps = element.split(".");
    return steps.some((step, at) => /^\d+$/.test(step) && Number(step) >= this.#count(steps.slice(0, at).join(".")) + more);
  }

  /** A response or pattern needs its interaction's type before it, and that type's format. */
  #fitsType(element, value) {
    const [, interaction, leaf] = /^(cmi\.interactions\.\d+)\.(student_response|correct_responses\.\d+\.pattern)$/.exec(element) ?? [];
    if (!interaction) return true;
    const formats = FORMATS[this.#values.get(`${interaction}.type`)];
    return Boolean(formats) && formats[leaf === "student_response" ? 0 : 1](value);
  }

  #store(last) {
    const body = JSON.stringify(Object.fromEntries(this.#values));
    if (last) return navigator.sendBeacon(this.commitUrl, body);
    try {
      const request = new XMLHttpRequest();
      request.open("POST", this.commitUrl, false);
      request.send(body);
      return request.status === 200;
    } catch {
      return false;
    }
  }
}

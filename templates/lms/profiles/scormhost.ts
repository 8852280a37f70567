// scormhost (PyPI), from its sources: scormhost/static/scorm12-api.js, router.py, storage.py.

import { createProfile } from "../profile.ts";
import { forget, listed, type Elements } from "../stored.ts";
import type { Profile } from "../profile-contract.ts";
import type { Runtime } from "../runtime.ts";

/** All requests of the visit, one after another. */
type Memory = { chain?: Promise<boolean> };
type Body = { kind: "put"; values: Elements };

// scorm12-api.js:9-21
const INITIAL_VALUES = {
  "cmi.core.lesson_status": "not attempted",
  "cmi.core.score.raw": "0",
  "cmi.core.score.min": "0",
  "cmi.core.score.max": "100",
  "cmi.suspend_data": "",
  "cmi.core.lesson_location": "",
  "cmi.core.student_id": "",
  "cmi.core.student_name": "",
  "cmi.core.entry": "ab-initio",
  "cmi.core.exit": "",
  "cmi.core.session_time": "00:00:00",
};

// An element that does not start with "cmi." is refused without an error.
const UNTOLD = "untold";

export const profile: Profile<Memory, Body> = createProfile({
  name: "scormhost",
  product: "scormhost 0.1.0",
  lacks: () => ({
    popup: "its page has the course in a frame, always (templates.py, launcher_page)",
    browse: "cmi.core.lesson_mode is not among its elements (scorm12-api.js:9-21)",
    review: "cmi.core.lesson_mode is not among its elements (scorm12-api.js:9-21)",
    seconds: "it keeps the session time of the last visit only (scorm12-api.js:20)",
    replaced:
      "an upload is always a package of its own, with nothing of the trainee's " +
      "(storage.py, ingest_extracted)",
  }),
  special:
    "Takes any value and never confirms: LMSCommit is true before anything is sent. Once a " +
    "commit has failed, or is over 64 KB, nothing more of that visit is stored. Every visit is a " +
    "first one, without a mode.",

  // scorm12-api.js:77-91: values, elements, indexes and arguments are not checked.
  checked: false,
  strings: false,
  empty: () => true,
  model: () => ({ elements: {}, children: {}, lists: [] }),
  codes: { argument: "0", unknown: () => UNTOLD },
  lastError: (code) => (code === UNTOLD ? "0" : code),
  known: (element) => element.startsWith("cmi."),
  errorString: (code, last) => ((code || last) === "301" ? "Not initialized" : "No error"),
  diagnostic: () => "",

  onCommit: persist,
  // scorm12-api.js:67
  onFinish(rt) {
    rt.values.set("cmi.core.exit", "suspend");
    return persist(rt);
  },

  // scorm12-api.js:25-38, 117: initial values overwritten by stored ones, cmi.core.entry included.
  launch: (record, asked) => ({
    mode: "normal",
    elements: {
      ...INITIAL_VALUES,
      "cmi.core.student_id": asked.learner.id,
      "cmi.core.student_name": asked.learner.name,
      ...record.attempts[record.attempt],
    },
  }),
  launched() {},
  // router.py, put_cmi: merged into the stored values. Its limit of 256 KiB is above that of
  // keepalive.
  receive(record, { body }) {
    Object.assign(record.attempts[record.attempt], body.values);
  },
  // storage.py, ingest_extracted: an upload is a new package.
  replaced: forget,
  grade: () => null,
  held(record) {
    const values = record.attempts[record.attempt];
    return {
      status: values["cmi.core.lesson_status"] ?? "",
      score: values["cmi.core.score.raw"] ?? "",
      seconds: null,
      location: values["cmi.core.lesson_location"] ?? "",
      state: values["cmi.suspend_data"] ?? "",
      interactions: listed(values, "cmi.interactions"),
    };
  },
});

/**
 * scorm12-api.js:40-54: requests one after another, each with all values at its start. A failed
 * request ends the chain: no later one is made (facts/learning-systems.md).
 */
function persist({ memory, transport, values }: Runtime<Memory, Body>) {
  const before = memory.chain ?? Promise.resolve(true);
  const send = () =>
    transport.later({ kind: "put", values: Object.fromEntries(values) }, { keepalive: true });
  memory.chain = before.then((ok) => ok && send());
  return true;
}

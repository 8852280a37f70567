// What the LMS is told of single answers: append-only, in the order SCORM 1.2 players want.

import { fits, time, timespan } from "./limits.js";
import { FULL } from "./scoring.js";

// Moodle sends every interaction again with the first commit of each visit, and PHP may drop what
// is beyond 1000 values of a request: 8 values each stay below that. Practice leaves room for the
// quiz.
const MOST = { practice: 60, quiz: 110 };

// Variants of a right answer beyond these are in the key beside the package.
const PATTERNS = 5;

function result({ scored }, credit) {
  if (!scored) return "neutral";
  if (credit === FULL) return "correct";
  return credit ? String(credit / FULL) : "wrong";
}

/**
 * `count` is what the LMS says of `cmi.interactions._count`; "" means that it does not say, and
 * the counting starts here. `now()` gives a Date.
 */
export function createInteractions(count, now) {
  let index = 0;
  let pending = [];

  function pairs({ page, question, credit, latency }, { part, response }, at) {
    const { id, interaction, patterns, scored, weight } = question;
    const values = [
      ["id", [page, id, part].filter(Boolean).join("--")],
      ["type", interaction],
      ["time", time(at)],
      ...patterns.slice(0, PATTERNS).map((pattern, n) => [`correct_responses.${n}.pattern`, pattern]),
      ["weighting", String(scored ? weight : 0)],
      ["student_response", fits(interaction, response) ? response : ""],
      ["result", result(question, credit)],
      ["latency", timespan(latency)],
    ];
    return values.filter(([, value]) => value !== "");
  }

  const place = (answer) => {
    const at = index;
    index += 1;
    return answer.map(([name, value]) => [`cmi.interactions.${at}.${name}`, value]);
  };

  function begin(said) {
    index = /^\d+$/.test(said) ? Number(said) : 0;
  }

  begin(count);
  return {
    /** What the LMS says of the count, where it was reached only later. */
    begin,
    /**
     * Append one answer: the page's id, the question, the response as `reported` by its type, what
     * it earned in hundredths of a percent of the weight, ms from showing to answering, and `use`,
     * practice or quiz. `at` is when it was given.
     */
    add(answer, at = now()) {
      if (!answer.question.interaction || index >= MOST[answer.use]) return;
      for (const one of answer.reported) pending.push({ answer: pairs(answer, one, at), placed: null });
    },
    /** Elements and values not yet confirmed. */
    values() {
      for (const entry of pending) entry.placed ??= place(entry.answer);
      return pending.flatMap((entry) => entry.placed);
    },
    /** What `values` gave so far; call what this returns once the LMS has stored it. */
    sent() {
      const placed = pending.filter((entry) => entry.placed);
      return () => {
        pending = pending.filter((entry) => !placed.includes(entry));
      };
    },
    /**
     * A commit failed before this one: an LMS may count the answers as sent although it lost them
     * (MOODLE.md, "Transport"), so they are appended once more.
     */
    repeat() {
      for (const entry of pending) entry.placed = null;
    },
  };
}

// Says on the closing view whether the LMS has the result.

import { tellSaved } from "../page/result-band.ts";
import { isFinal, type CourseResult } from "./course-result.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Outcome } from "../lms/outcomes.ts";
import type { State } from "../state/state.ts";

type Parts = Pick<SurroundingsParts, "visit" | "work" | "view">;

// After this many ms an unconfirmed result is no longer waited for: some LMSs make no request that
// can be seen.
const CONFIRM_MS = 10000;

// The same in a few words, which fit on one line of a phone.
const SHORT: Record<string, string> = {
  end_sent: "end_saved",
  end_sent_open: "end_saved",
  end_stored: "end_saved",
  end_unrecorded: "nothing_recorded",
  end_unsent: "not_saved",
  not_saved_notice: "not_saved",
  end_unconfirmed: "unconfirmed",
  end_unconfirmed_long: "unconfirmed",
  end_unconfirmed_open: "unconfirmed",
};

/**
 * Says whether the LMS has the result, while the view is shown: on the `line`, and in full at
 * `place`, where it moves no button.
 */
export function showSaved(
  parts: Parts,
  result: CourseResult,
  line: HTMLElement,
  place: HTMLElement,
) {
  const { say, status, timer } = parts.view;
  if (result.source) {
    line.textContent = say(result.source);
    return;
  }
  let unconfirmed = null as { long: boolean } | null;
  const tell = (outcome: Outcome) => {
    const key = savedKey(parts, result, outcome, Boolean(unconfirmed?.long));
    const words = key ? say(key) : "";
    const short = SHORT[key] ?? (outcome === "saving" ? "saving" : "");
    tellSaved(line, short, say);
    if (place.textContent !== words) place.textContent = words;
  };
  status.listen((outcome) => {
    if (outcome === "unconfirmed" && !unconfirmed) {
      const now = { long: false };
      unconfirmed = now;
      timer(() => {
        now.long = true;
        if (unconfirmed === now) tell("unconfirmed");
      }, CONFIRM_MS);
    } else if (outcome === "saved" || outcome === "failed") unconfirmed = null;
    tell(outcome);
  });
}

/**
 * The text key that says whether the LMS has the result, or an unfinished course's work. `long` is
 * whether it has been unconfirmed for a while.
 */
export function savedKey(
  { visit: { link, recorded, saving }, work }: Pick<Parts, "visit" | "work">,
  { status }: Pick<CourseResult, "status">,
  outcome: Outcome,
  long: boolean,
) {
  const { state } = work.store;
  if (link.known && !link.launch.credit) return "";
  const final = isFinal(status);
  const saved = final ? "end_sent" : "end_sent_open";
  const stored = final && status === state.status && saving.settled();
  // Nothing has been saved yet: the launch values decide.
  if (outcome === "off" && recorded) return link.launch.status === status ? saved : "";
  if (outcome === "saved" || (stored && outcome === "unconfirmed")) return saved;
  if (outcome === "off") return isBegun(state) ? "end_unrecorded" : "";
  if (outcome === "failed")
    return stored ? "end_stored" : final ? "end_unsent" : "not_saved_notice";
  if (outcome !== "unconfirmed") return "";
  if (!final) return "end_unconfirmed_open";
  return long ? "end_unconfirmed_long" : "end_unconfirmed";
}

/** Whether there is anything to print or copy. */
const isBegun = ({ checks, quizzes, records }: State) =>
  [checks, quizzes, records].some(({ size }) => size);

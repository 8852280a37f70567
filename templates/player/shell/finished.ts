// The cover of a finished course: the result, certificate and records to print, and the way back
// into the course.

import { goalInWords } from "../page/mark-words.ts";
import { dayInWords } from "../dom/dates.ts";
import { percent, type Say } from "../dom/words.ts";
import { button, el, removeFocused } from "../dom/element.ts";
import { shownScore } from "../state/scoring.ts";
import { certificateButton, headingOf, printButtons, spentKeys } from "./closing.ts";
import { isFinal, resultOf, type CourseResult } from "./course-result.ts";
import { END } from "./routes.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { CertificateWays } from "./certificate-view.ts";

type Parts = Pick<SurroundingsParts, "visit" | "course" | "work" | "view">;

const DATED: Record<string, string> = {
  passed: "finished_passed_on",
  completed: "finished_completed_on",
};

/**
 * If the course is finished, replaces the cover's button by the result. Returns a function that
 * removes it; null if the course is not finished.
 */
export function showFinished(parts: Parts, certificate: CertificateWays | null) {
  const place = document.getElementById("cover-actions");
  const result = resultOf(parts);
  if (!place || !isFinal(result.status)) return null;
  const { course, work, view } = parts;
  const { say, navigation } = view;
  const page = work.resuming.page ?? course.outline.pages[0];
  const again = work.resuming.page ? say("resume_at", { title: page.title }) : say("read_again");
  const region = el(
    "section",
    { class: "resume", "aria-labelledby": "finished-title" },
    el("h2", { id: "finished-title" }, titleOf(parts, result)),
    ...resultLines(result, say),
    el(
      "div",
      { class: "actions" },
      button(say("end"), () => {
        location.hash = END;
      }),
      ...certificateButton(view, certificate),
      ...printButtons(parts),
      button(again, () => navigation.go(page.id), { class: "plain" }),
    ),
  );
  const focused = place.contains(document.activeElement);
  place.replaceChildren(region);
  if (focused) region.querySelector("button")?.focus();
  return () => removeFocused(region);
}

/** The score, what is needed to pass, and what it means that no attempt is left. */
function resultLines(result: CourseResult, say: Say) {
  const score = result.score === null ? [] : [scoreLine(result, say)];
  return [...score, ...spentKeys(result).map((key) => say(key))].map((line) => el("p", {}, line));
}

/** The score; below the mark also what is needed to pass, otherwise whether the quiz is passed. */
export function scoreLine(result: CourseResult, say: Say, passed = false) {
  const { score, mark } = result;
  const reached = score ?? 0;
  const need = reached < mark ? goalInWords(say, result) : "";
  const note = need || (passed && mark ? say("quiz_passed") : "");
  const words = `${say("end_score")}: ${percent(say, shownScore(reached, mark))}`;
  return note ? `${words} – ${note}` : words;
}

function titleOf({ work, view: { say } }: Parts, result: CourseResult) {
  const day = work.store.state.finished || work.ended.day;
  const dated = DATED[result.status];
  return day && dated ? say(dated, { day: dayInWords(say, day) }) : say(headingOf(result));
}

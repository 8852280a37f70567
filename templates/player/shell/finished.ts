// The cover of a finished course: the result, certificate and records to print, and the way back
// into the course.

import { goalInWords } from "../page/mark-words.ts";
import { dayInWords } from "../dom/dates.ts";
import { percent, type Say } from "../dom/words.ts";
import { button, el, removeFocused } from "../dom/element.ts";
import { shownScore } from "../state/scoring.ts";
import { headingOf } from "./closing.ts";
import { isFinal, resultOf, spentInWords, type CourseResult } from "./course-result.ts";
import { certificateButton, printButtons } from "./print-buttons.ts";
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
  const { say } = parts.view;
  const passed = result.status !== "failed";
  const buttons = waysOf(parts, passed, certificate);
  buttons[0].classList.remove("plain");
  const region = el(
    "section",
    { class: `resume finished${passed ? " good" : ""}`, "aria-labelledby": "finished-title" },
    passed ? el("div", { class: "end-mark passed", "aria-hidden": "true" }) : null,
    el("h2", { id: "finished-title" }, titleOf(parts, result)),
    ...resultLines(result, say),
    el("div", { class: "actions" }, ...buttons),
  );
  const focused = place.contains(document.activeElement);
  place.replaceChildren(region);
  if (focused) region.querySelector("button")?.focus();
  return () => removeFocused(region);
}

/** The buttons, the most important one first: what to print, the result, and the course again. */
function waysOf(parts: Parts, passed: boolean, certificate: CertificateWays | null) {
  const { course, work, view } = parts;
  const { say, navigation } = view;
  const end = () => {
    location.hash = END;
  };
  // After a pass, the bookmark mostly leads to the last page.
  const onward = passed ? null : work.resuming.page;
  const page = onward ?? course.outline.pages[0];
  const again = onward ? say("resume_at", { title: page.title }) : say("read_again");
  return [
    ...(certificate?.ready() ? certificateButton(parts.view, certificate) : []),
    ...printButtons(parts),
    button(say("end"), end, { class: "plain" }),
    button(again, () => navigation.go(page.id), { class: "plain" }),
  ];
}

/** The score, what is needed to pass, and what it means that no attempt is left. */
function resultLines(result: CourseResult, say: Say) {
  const score = result.score === null ? [] : [scoreLine(result, say)];
  return [...score, ...spentInWords(result, say)].map((line) => el("p", {}, line));
}

/** The score; below the mark also what is needed to pass, otherwise whether the quiz is passed. */
export function scoreLine(result: CourseResult, say: Say, passed = false) {
  const { score, mark } = result;
  const reached = score ?? 0;
  const need = reached < mark && !result.missed.length ? goalInWords(say, result) : "";
  const note = need || (passed && mark ? say("quiz_passed") : "");
  const words = `${say("end_score")}: ${percent(say, shownScore(reached, mark))}`;
  return note ? `${words} – ${note}` : words;
}

function titleOf({ work, view: { say } }: Parts, result: CourseResult) {
  const day = work.store.state.finished || work.ended.day;
  const dated = DATED[result.status];
  return day && dated ? say(dated, { day: dayInWords(say, day) }) : say(headingOf(result));
}

// The closing view: the result, what is left to do, and where to go next. It is not a page and
// changes nothing in the state.

import { dayInWords } from "../dom/dates.ts";
import { percent, type Say } from "../dom/words.ts";
import { button, el } from "../dom/element.ts";
import { nextTask } from "../dom/next-task.ts";
import { goalInWords } from "../page/mark-words.ts";
import { answerCounts } from "../page/answer-counts.ts";
import { resultBand } from "../page/result-band.ts";
import { today } from "../state/days.ts";
import { hasQuiz } from "../state/asked.ts";
import { pageStatus } from "../state/progress.ts";
import { shownScore } from "../state/scoring.ts";
import { counted } from "./contents-group.ts";
import { isDone } from "./contents-list.ts";
import { isFinal, resultOf, type CourseResult } from "./course-result.ts";
import { nextSteps } from "./next-steps.ts";
import { showSaved } from "./result-saved.ts";
import { leadToResult } from "./way-to-result.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Page } from "../state/course.ts";
import type { CertificateWays } from "./certificate-view.ts";

type Parts = Omit<SurroundingsParts, "shown">;

const SIGNS: Record<string, string> = { passed: "passed", completed: "passed", failed: "failed" };

/**
 * Returns a function that shows the view, with the way `back` to the previous page and to the
 * `certificate`, if there is one.
 */
export function createClosing(
  parts: Parts,
  back: (page: Page | null) => HTMLElement,
  certificate: CertificateWays | null,
): (before: Page | null) => void {
  const { store, ended } = parts.work;
  const wasFinal = isFinal(store.state.status);
  // If no day is stored, the day is only known if the course is finished in this visit.
  const noteDay = () => {
    const { finished } = store.state;
    if (finished) ended.day = finished;
    else if (!wasFinal && !ended.day && isFinal(resultOf(parts).status)) ended.day = today();
  };
  document.addEventListener("player:told", noteDay);
  nextTask().then(noteDay);
  leadToResult(
    parts.course.outline,
    store.state,
    parts.view,
    () => !wasFinal && isFinal(resultOf(parts).status),
  );
  return (before) => {
    noteDay();
    show(parts, resultOf(parts), back(before), certificate);
  };
}

function show(
  parts: Parts,
  result: CourseResult,
  back: HTMLElement,
  certificate: CertificateWays | null,
) {
  const { view, content, course } = parts;
  const { say } = view;
  const counts = el("span", { class: "counts" });
  const saved = el("p", { class: "saved" });
  // Below all buttons, because it comes and goes.
  const words = el("p", { class: "saved-words", role: "status" });
  // Where the questions still load, the words come later, so they stand below the buttons too.
  const near = course.outline.pages.filter(hasQuiz).every(content.dataOf);
  const away = near ? null : el("p", { class: "counts-below" }, counts);
  const facts = [...factsOf(parts, result), near ? counts : ""].filter(Boolean);
  view.navigation.view(
    resultBand(
      signOf(result),
      el("h1", { tabindex: "-1" }, titleOf(result, say)),
      facts,
      saved,
      result.score,
    ),
    nextSteps(parts, result, certificate),
    el("div", { class: "actions ways" }, ...answerButtons(parts), back),
    ...(away ? [away] : []),
    words,
  );
  showSaved(parts, result, saved, words);
  answerCounts(parts).then((counted) => counts.replaceChildren(counted));
}

/** The band that stays after the course is closed; null unless it is finished. */
export function leftBand(parts: Parts, saved: boolean) {
  const { say } = parts.view;
  const result = resultOf(parts);
  if (!isFinal(result.status) && !result.spent) return null;
  const line = saved ? say("end_saved") : "";
  return resultBand(
    signOf(result),
    el("p", { class: "band-title" }, titleOf(result, say)),
    factsOf(parts, result),
    el("p", { class: saved ? "saved is-saved" : "saved" }, line),
    result.score,
  );
}

/** The heading of the result, with the score once everything is done. */
export function titleOf(result: CourseResult, say: Say) {
  const { score, mark } = result;
  const heading = say(headingOf(result));
  return isJudged(result)
    ? `${heading} · ${percent(say, shownScore(Number(score), mark))}`
    : heading;
}

const isJudged = ({ score, status, spent, taken }: CourseResult) =>
  score !== null && (isFinal(status) || spent || taken);

export function headingOf({ status, taken, spent }: CourseResult) {
  if (!status) return "end_none";
  if (spent) return "end_failed";
  return status === "incomplete" && taken ? "end_not_passed" : `end_${status}`;
}

const signOf = ({ status, spent, taken }: CourseResult) =>
  SIGNS[spent || (taken && status === "incomplete") ? "failed" : status] ?? "open";

/** What is known about the result, each in a few words. */
function factsOf({ course, work, view: { say } }: Parts, result: CourseResult) {
  const { status, score, mark, missed } = result;
  const pages = counted(course.outline.pages);
  const done = pages.filter((page) => isDone(pageStatus(page, work.store.held))).length;
  const passed = isFinal(status) && status !== "failed" && !result.spent;
  const open = !isJudged(result) && score !== null;
  const shown = open ? percent(say, shownScore(score, mark)) : "";
  const enough = open && mark > 0 && result.part !== null && score >= mark;
  const { day } = work.ended;
  return [
    day && isFinal(status) ? dayInWords(say, day) : "",
    passed ? "" : say("done_of", { done, of: pages.length }),
    ...(enough
      ? [say("end_enough", { score: shown })]
      : [
          open ? `${say("end_score")}: ${shown}` : "",
          // Where a part is missed, the mark of the course is not the reason.
          passed || score === null || missed.length ? "" : goalInWords(say, result),
        ]),
  ].filter(Boolean);
}

/** The buttons to the answers in each quiz that is taken. */
function answerButtons({ course, work, view: { say, navigation } }: Parts) {
  const { quizzes } = work.store.held;
  const taken = course.outline.pages.filter(
    (page) => hasQuiz(page) && quizzes.get(page.key)?.open === false,
  );
  return taken.map((page) =>
    button(
      taken.length > 1 ? say("end_answers_in", { title: page.title }) : say("end_answers"),
      () => navigation.go(page.id),
      { class: "plain" },
    ),
  );
}

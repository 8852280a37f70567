// The closing view: the result, what is left to do, and where to go next. It is not a page and
// changes nothing in the state.

import { dayInWords } from "../dom/dates.ts";
import { percent } from "../dom/words.ts";
import { button, el } from "../dom/element.ts";
import { nextTask } from "../dom/next-task.ts";
import { goalInWords } from "../page/mark-words.ts";
import { answerCounts } from "../page/answer-counts.ts";
import { todoList } from "../page/todo.ts";
import { today } from "../state/days.ts";
import { hasQuiz } from "../state/asked.ts";
import { pageStatus } from "../state/progress.ts";
import { shownScore } from "../state/scoring.ts";
import { counted } from "./contents-group.ts";
import { isDone } from "./contents-list.ts";
import { isFinal, resultOf, type CourseResult } from "./course-result.ts";
import { showSaved } from "./result-saved.ts";
import { leadToResult } from "./way-to-result.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Page } from "../state/course.ts";
import type { CertificateWays } from "./certificate-view.ts";

type Parts = Omit<SurroundingsParts, "shown">;

const SIGNS: Record<string, string> = { passed: "passed", completed: "passed", failed: "failed" };

const byId = (id: string) => document.getElementById(id) as HTMLElement;

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
  const { work, view } = parts;
  const { say } = view;
  const sign = result.spent ? "failed" : (SIGNS[result.status] ?? "open");
  const words = el("p", { class: "lead", role: "status" });
  const counts = el("p", { class: "counts" });
  const todo = result.todo.length
    ? el(
        "section",
        {},
        el("h2", {}, say("end_todo")),
        todoList(result.todo, { ...view, state: work.store.state }),
      )
    : null;
  const nodes = [
    el("div", { class: `end-mark ${sign}`, "aria-hidden": "true" }),
    el("h1", { tabindex: "-1" }, say(headingOf(result))),
    words,
    ...spentKeys(result).map((key) => el("p", {}, say(key))),
    figures(parts, result),
    counts,
    actions(parts, result, certificate),
    todo,
    el("p", {}, back),
  ].filter((node) => node !== null);
  view.navigation.view(...nodes);
  showSaved(parts, result, words);
  answerCounts(parts).then((counted) => counts.replaceChildren(counted));
}

export function headingOf({ status, taken, spent }: CourseResult) {
  if (!status) return "end_none";
  if (spent) return "end_failed";
  return status === "incomplete" && taken ? "end_not_passed" : `end_${status}`;
}

/** Text keys for a course in which no attempt is left. */
export function spentKeys({ spent, todo }: CourseResult) {
  return spent ? ["end_spent", ...(todo.length ? ["end_spent_todo"] : [])] : [];
}

function figures({ course, work, view: { say } }: Parts, result: CourseResult) {
  const { status, score, mark } = result;
  const pages = counted(course.outline.pages);
  const done = pages.filter((page) => isDone(pageStatus(page, work.store.held))).length;
  const figure = (term: string, value: string, note = "") =>
    el(
      "div",
      {},
      el("dt", {}, term),
      el("dd", {}, value),
      note ? el("dd", { class: "note" }, note) : null,
    );
  return el(
    "dl",
    { class: "figures" },
    score === null
      ? null
      : figure(say("end_score"), percent(say, shownScore(score, mark)), goalInWords(say, result)),
    figure(say("end_parts"), say("end_of", { done, of: pages.length })),
    work.ended.day && isFinal(status)
      ? figure(say("end_date"), dayInWords(say, work.ended.day))
      : null,
  );
}

/** The buttons, the most important first: to the next page to do, the record to sign, or Exit. */
function actions(
  { visit, course, work, view }: Parts,
  result: CourseResult,
  certificate: CertificateWays | null,
) {
  const { say, navigation } = view;
  const { pages } = course.outline;
  const { quizzes } = work.store.held;
  const exit = byId("exit-button");
  const taken = pages.filter((page) => hasQuiz(page) && quizzes.get(page.key)?.open === false);
  const reviewButtons = taken.map((page) =>
    button(
      taken.length > 1 ? say("end_answers_in", { title: page.title }) : say("end_answers"),
      () => navigation.go(page.id),
      { class: "plain" },
    ),
  );
  // A printed record is still to be signed.
  const done = isFinal(result.status) && result.status !== "failed";
  const [record = null, ...records] = printButtons({ course, work, view });
  if (done) record?.classList.remove("plain");
  const first = result.todo.find((page) => !view.locked(page));
  const nextButton = first
    ? [button(say("next", { title: first.title }), () => navigation.go(first.id))]
    : [];
  const leave =
    visit.recorded && !exit.hidden
      ? [
          button(String(exit.textContent), () => exit.click(), {
            class: first || (done && record) ? "plain" : null,
          }),
        ]
      : [];
  const all = [
    ...nextButton,
    done ? record : null,
    ...leave,
    ...certificateButton(view, certificate),
    done ? null : record,
    ...records,
    ...reviewButtons,
  ].filter((made) => made !== null);
  return all.length ? el("div", { class: "actions" }, ...all) : null;
}

/** The buttons that print the records which are open and not empty. */
export const printButtons = ({
  course,
  work,
  view: { say, navigation, locked },
}: Pick<Parts, "course" | "work" | "view">) =>
  course.outline.pages
    .filter((page) => page.needs?.record && !locked(page))
    .filter((page) => pageStatus(page, work.store.held) !== "not_started")
    .map((page) =>
      button(say("end_record"), () => printRecord(page.id, navigation.go), { class: "plain" }),
    );

/** The button to the certificate, shown as soon as the trainee may have it. */
export function certificateButton(
  { say, status }: Pick<Parts["view"], "say" | "status">,
  certificate: CertificateWays | null,
) {
  if (!certificate) return [];
  const made = button(say("end_certificate"), certificate.print, { class: "plain" });
  status.listen(() => {
    made.hidden = !certificate.ready();
  });
  return [made];
}

/** Opens a record's page and prints it as soon as it is shown. */
function printRecord(id: string, go: (id: string) => void) {
  const main = byId("main");
  const watch = new MutationObserver(() => {
    const print: HTMLElement | null = main.querySelector(`[data-page="${id}"] [data-print]`);
    if (!print && location.hash === `#/${id}`) return;
    watch.disconnect();
    print?.click();
  });
  go(id);
  watch.observe(main, { childList: true, subtree: true });
}

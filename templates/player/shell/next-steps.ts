// The card below the result: what to do now in numbered steps, or what is left to do.

import { button, el } from "../dom/element.ts";
import { missedInWords } from "../page/mark-words.ts";
import { todoList } from "../page/todo.ts";
import { isFinal, type CourseResult } from "./course-result.ts";
import { certificateButton, printButtons } from "./print-buttons.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { CertificateWays } from "./certificate-view.ts";

type Parts = Omit<SurroundingsParts, "shown">;
type Buttons = HTMLElement[];

/** The card. The most important button is not plain. */
export function nextSteps(parts: Parts, result: CourseResult, certificate: CertificateWays | null) {
  const { say } = parts.view;
  const { status, spent, todo } = result;
  const finished = isFinal(status) || spent;
  const steps = finished
    ? stepsOf(parts, result, certificate)
    : [...todoOf(parts, result), ways([...printButtons(parts), ...exitButton(parts)])];
  const buttons = steps.flatMap((step) => [...(step?.querySelectorAll("button") ?? [])]);
  buttons[0]?.classList.remove("plain");
  return el(
    "section",
    { class: "next-steps" },
    el("h2", {}, say(finished || !todo.length ? "end_now" : "end_todo")),
    ...(finished ? [el("ol", {}, ...steps)] : steps),
  );
}

/** The steps once the course is finished, or cannot be passed any more. */
function stepsOf(parts: Parts, result: CourseResult, certificate: CertificateWays | null) {
  const { visit, view } = parts;
  const { say } = view;
  const { spent, missed, status, todo } = result;
  const passed = !spent && status !== "failed";
  const records = printButtons(parts);
  const certified = passed && certificate && (visit.recorded || certificate.ready());
  const exit = exitButton(parts);
  return [
    ...(spent ? [step(say("end_ask"), [...missedInWords(say, missed), say("end_spent")])] : []),
    ...(spent && todo.length ? [step(say("end_todo"), todoOf(parts, result))] : []),
    ...(records.length ? [step(say("end_print"), [say("end_paper")], records)] : []),
    ...(records.length && passed ? [step(say("end_sign"), [say("end_sign_who")])] : []),
    ...(certified
      ? [step(say("end_proof"), [say("end_paper")], certificateButton(view, certificate))]
      : []),
    ...(exit.length ? [step(say("end_close"), [say("end_come_back")], exit)] : []),
  ];
}

const step = (words: string, more: (Node | string | null)[], buttons: Buttons = []) =>
  el(
    "li",
    {},
    el("h3", {}, words),
    ...more.map((part) => (typeof part === "string" ? el("p", {}, part) : part)),
    ways(buttons),
  );

const ways = (buttons: Buttons) =>
  buttons.length ? el("div", { class: "actions" }, ...buttons) : null;

/** The pages that are left to do, and the button to the first that is open. */
function todoOf({ work, view }: Parts, { todo }: CourseResult) {
  const { say, navigation, locked } = view;
  const first = todo.find((page) => !locked(page));
  const next = first
    ? [button(say("next", { title: first.title }), () => navigation.go(first.id))]
    : [];
  const list = todo.length ? todoList(todo, { ...view, state: work.store.state }) : null;
  return [list, ways(next)];
}

function exitButton({ visit }: Parts) {
  const exit = document.getElementById("exit-button") as HTMLElement;
  if (!visit.recorded || exit.hidden) return [];
  const words = String(exit.textContent).trim();
  return [button(words, () => exit.click(), { class: "plain" })];
}

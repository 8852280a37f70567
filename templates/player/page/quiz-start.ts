// The view before a quiz: number of questions, pass mark, when feedback comes, attempts.

import { button, el } from "../dom/element.ts";
import { markBefore } from "./mark-words.ts";
import { attemptsLeft } from "../state/progress.ts";
import type { Say } from "../dom/words.ts";
import type { QuizPage } from "../state/course.ts";
import type { State } from "../state/state.ts";
import type { QuizGiven } from "./quiz.ts";

/** The attempts left, as text. `started` is whether there has been one. */
export function attemptsInWords(entry: QuizPage, state: State, say: Say, started: boolean) {
  const left = attemptsLeft(entry, state);
  const last = started ? "last_replaced" : "keeps_last";
  const key = entry.quiz.keep === "last" ? last : "keeps_best";
  const which = say(key);
  if (left === Infinity) return `${say("attempts_unlimited")} ${which}`;
  if (!left) return say("attempts_none");
  const words = say.count(started ? "attempts_more" : "attempts_left", left);
  return started || left > 1 ? `${words} ${which}` : words;
}

/** The number of questions that an attempt asks. */
export const questionCount = ({ fixed, draws }: QuizGiven["data"]["quiz"]) =>
  draws.reduce((sum, { count }) => sum + count, fixed.length);

/** The elements of the view. `changed` is whether the quiz was taken before it was edited. */
export function startView(
  { entry, data: { quiz }, store, say }: Pick<QuizGiven, "entry" | "data" | "store" | "say">,
  changed: boolean,
  start: () => void,
) {
  const feedback = { "at-once": "", "at-end": "feedback_at_end", never: "feedback_never" };
  const feedbackKey = feedback[quiz.feedback];
  const facts = [
    say.count("quiz_questions", questionCount(quiz)),
    markBefore(say, entry),
    feedbackKey && say(feedbackKey),
    store.saved ? "" : attemptsInWords(entry, store.state, say, false),
  ];
  return [
    ...(changed ? [el("p", { class: "notice" }, say("quiz_changed"))] : []),
    el("ul", {}, ...facts.filter(Boolean).map((fact) => el("li", {}, fact))),
    el("div", { class: "actions" }, button(say("start"), start)),
  ];
}

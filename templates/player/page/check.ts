// Practice questions in a page: feedback at once, unlimited tries.

import { hasChanged } from "../state/edits.ts";
import { button, el } from "../dom/element.ts";
import { createQuestionForm, leaveQuestion } from "./question-form.ts";
import { FULL } from "../state/scoring.ts";
import { shuffled } from "../state/shuffle.ts";
import { TRIES_LIMIT } from "../state/state.ts";
import { practiceTells } from "./answer-shown.ts";
import type { Say } from "../dom/words.ts";
import type { Answer, AnswerLog, Behaviour, FormGiven } from "../state/behaviour.ts";
import type { Outline, Page } from "../state/course.ts";
import type { Question } from "../state/question.ts";
import type { Key } from "../state/state.ts";
import type { Store } from "../state/store.ts";

interface Given {
  form: HTMLFormElement;
  page: Page;
  question: Question;
  behaviour: Behaviour;
  store: Store;
  interactions: AnswerLog;
  former: Outline["former"];
  say: Say;
  /** Called when a try is counted. */
  tell: () => void;
}

// The last answers to questions, until their page is left. It is not left when it is shown again.
const held = new Map<Key, [answer: Answer, at: Date]>();

/**
 * Starts the form of a practice question. The first try is reported to `interactions` at once; the
 * last of several when the returned function is called.
 */
export function mountCheck(given: Given) {
  const { form, page, question, behaviour, store, interactions, say, tell } = given;
  let recall: HTMLElement | null = null;
  const shown = createQuestionForm({
    form,
    question,
    behaviour,
    given: formGiven(question, store, say),
    say,
    answered,
  });

  function answered(response: string, latency: number) {
    const credit = behaviour.credit(question, response);
    const reported = behaviour.reported(question, response);
    const answer: Answer = { page: page.id, question, reported, credit, latency, use: "practice" };
    if (store.state.checks.get(question.key)?.tries) held.set(question.key, [answer, new Date()]);
    else interactions.add(answer);
    countTry(question, store, response, credit);
    tell();
    feedback(response);
  }

  function feedback(response: string) {
    recall?.remove();
    const credit = behaviour.credit(question, response);
    const tries = store.state.checks.get(question.key)?.tries ?? 0;
    const revealed = practiceTells(question, credit, tries);
    // Other answers can be changed directly, without “Try again”.
    const again = question.scored && credit < FULL ? [shown.tryAgain(response)] : [];
    shown.showFeedback(response, revealed, again.length > 0, ...again);
  }

  // Feedback would no longer match the selected answer.
  for (const type of ["input", "change"]) form.addEventListener(type, () => shown.hideFeedback());

  recall = restoreEarlier(given, feedback);

  return () => {
    if (say.turning) return;
    const last = held.get(question.key);
    if (last) interactions.add(...last);
    held.delete(question.key);
    leaveQuestion(question.key);
  };
}

const formGiven = ({ key }: Question, store: Store, say: Say): FormGiven => ({
  say,
  review: Boolean(store.saved),
  order: (list, idOf) => shuffled(list, `${store.state.attempt} ${key}`, idOf),
  keep(response, soon = false) {
    const { tries = 0, first = false } = store.state.checks.get(key) ?? {};
    store.change(({ checks }) => checks.set(key, { tries, first, response }), soon);
  },
});

function countTry({ key, scored }: Question, store: Store, response: string, credit: number) {
  store.change(({ checks }) => {
    const before = checks.get(key);
    const tries = Math.min((before?.tries ?? 0) + 1, TRIES_LIMIT);
    const first = before?.tries ? before.first : !scored || credit === FULL;
    checks.set(key, { tries, first, response });
  });
}

/**
 * Shows the earlier answer, or a notice that the question has changed. Returns the button that
 * shows the feedback again, if there is any.
 */
function restoreEarlier(
  { form, question, behaviour, store, former, say }: Given,
  feedback: (response: string) => void,
) {
  const { checks } = store.state;
  if (hasChanged(question.key, former?.[question.key], checks)) {
    form.before(el("p", { class: "notice" }, say("question_changed")));
  }
  const earlier = checks.get(question.key);
  if (!earlier) return null;
  const { tries, response } = earlier;
  behaviour.restore(form, response, question, say);
  if (!tries || !response) return null;
  const recall = button(say("show_feedback"), () => feedback(response), { class: "plain" });
  form.querySelector(".actions")?.append(recall);
  return recall;
}

// A page that asks questions for score, one at a time.

import { createAttempts } from "../state/attempts.js";
import { hasChanged } from "../state/edits.js";
import { button, el, focusOn } from "../dom/element.js";
import { courseTotal } from "../state/course-total.js";
import { attemptsLeft, keptScore, pageStatus } from "../state/progress.js";
import { showQuestion } from "./quiz-question.js";
import { results } from "./quiz-results.js";
import { attemptsInWords, startView } from "./quiz-start.js";
import { scoreQuiz } from "../state/scoring.js";

/** @import {Page, Question, QuizGiven, QuizReview, State} from "../types" */
/** @typedef {ReturnType<typeof createAttempts>} Attempts */

/**
 * Builds the quiz of a page in its place.
 *
 * @param {QuizGiven} given
 */
export function mountQuiz(given) {
  const { place, entry, data, behaviourOf, store, say } = given;
  const { quiz } = data;
  const tries = createAttempts(given);
  // An unknown type shows before the quiz is begun, not in the middle of it.
  for (const id of [...quiz.fixed, ...quiz.draws.flatMap(({ from }) => from)]) {
    behaviourOf(/** @type {Question} */ (data.questions[id]));
  }

  function start() {
    tries.begin();
    ask(true);
  }

  /** @param {boolean} focus */
  function ask(focus) {
    const asked = tries.asked();
    const n = asked.filter(tries.answered).length + 1;
    const heading = el("h2", {}, say("question", { n, of: asked.length }));
    showQuestion(given, tries, tries.toAsk()[0], heading, goOn);
    if (focus) focusOn(heading);
  }

  const goOn = () => (tries.kept()?.open ? ask : showResults)(true);

  /** @param {boolean} focus */
  function showResults(focus) {
    const review = reviewOf(given, tries, start);
    if (!review) return;
    place.replaceChildren(...results(review));
    if (focus) focusOn(place.querySelector("h2"));
  }

  tries.settle();
  if (!tries.kept()) {
    const changed = hasChanged(entry.key, entry.former, store.state.quizzes);
    place.replaceChildren(...startView(given, changed, start));
  } else if (tries.kept()?.open) ask(false);
  else showResults(false);
}

/**
 * The attempt that is over, as the results show it; null where there is none.
 *
 * @param {QuizGiven} given
 * @param {Attempts} tries
 * @param {() => void} start
 * @returns {QuizReview | null}
 */
function reviewOf(given, tries, start) {
  const { entry, data, behaviourOf, store, outline, tracking, locked, say } = given;
  const { state } = store;
  const quiz = tries.kept();
  if (!quiz) return null;
  // Questions that the course has gained since the attempt are not held against it.
  const questions = tries.asked().filter(tries.answered);
  const total = courseTotal(entry, { outline, state, tracking });
  const mark = entry.quiz.pass_mark * 100;
  return {
    questions,
    behaviourOf,
    quiz,
    scored: scoreQuiz(questions, tries.creditOf),
    total,
    mark,
    last: entry.quiz.keep === "last",
    telling: data.quiz.feedback !== "never",
    next: next(given, tries, total.score >= mark, start),
    unread: total.pages.some((page) => isUnread(page, state)),
    status: (page) => statusInWords(page, given),
    locked,
    say,
  };
}

/**
 * How to go on: the attempts that are left, and the button for another one.
 *
 * @param {QuizGiven} given
 * @param {Attempts} tries
 * @param {boolean} enough
 * @param {() => void} start
 */
function next({ entry, data, store, say }, tries, enough, start) {
  const attempts = el("p", {}, attemptsInWords(entry, store.state, say, true));
  if (!tries.more()) return attemptsLeft(entry, store.state) ? [] : [attempts];
  const repeated = data.quiz.retake === "wrong" ? tries.wrong().length : 0;
  const again = button(say("try_again"), start, enough ? { class: "plain" } : {});
  return [
    attempts,
    repeated ? el("p", {}, say.count("retake_wrong", repeated)) : null,
    el("div", { class: "actions" }, again),
  ];
}

/**
 * The status of a page. A quiz that was taken but is not passed together with others has its score
 * there, which says more.
 *
 * @param {Page} page
 * @param {QuizGiven} given
 */
function statusInWords(page, { store: { state }, say }) {
  const word = pageStatus(page, state);
  return page.needs?.quiz && word === "done" ? say.percent(keptScore(page, state) ?? 0) : say(word);
}

/**
 * Whether Contents lists a page as not read, done or passed. A new page may be none of those that
 * count.
 *
 * @param {Page} page
 * @param {State} state
 */
const isUnread = (page, state) => ["not_started", "changed"].includes(pageStatus(page, state));

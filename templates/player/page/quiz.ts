// A page that asks questions for score, one at a time.

import { createAttempts } from "../state/attempts.js";
import { hasChanged } from "../state/edits.js";
import { button, el, focusOn } from "../dom/element.js";
import { courseTotal } from "../state/course-total.js";
import { attemptsLeft, pageStatus } from "../state/progress.js";
import { answersToCheck } from "./quiz-answers.js";
import { showQuestion } from "./quiz-question.js";
import { results } from "./quiz-results.js";
import { attemptsInWords, startView } from "./quiz-start.js";
import { FULL, scoreQuiz } from "../state/scoring.js";
import { quizTells } from "./answer-shown.js";

/** @import {Page, Question, QuizGiven, QuizReview, State} from "../types" */
/** @typedef {ReturnType<typeof createAttempts>} Attempts */

/**
 * Builds the quiz of a page in its place.
 *
 * @param {QuizGiven} given
 */
export function mountQuiz(given) {
  const { place, entry, store, say } = given;
  const tries = createAttempts(given);
  requireKnownTypes(given);

  function start() {
    tries.begin();
    ask(true);
  }

  /**
   * @param {boolean} focus
   * @param {Question} [changed]
   */
  function ask(focus, changed) {
    const all = tries.asked();
    const n = changed ? all.indexOf(changed) + 1 : all.filter(tries.answered).length + 1;
    const words = say("question", { n, of: all.length });
    const which = el("p", { class: "which" }, words);
    showQuestion(given, tries, changed ?? tries.toAsk()[0], which, () => goOn(true));
    stand(given, `question-${n}`, words, "asking");
    if (focus) focusOn(which);
  }

  /** @param {boolean} focus */
  function showAnswers(focus) {
    const submit = () => {
      tries.submit();
      showResults(true);
    };
    place.replaceChildren(
      ...answersToCheck(given, tries, (question) => ask(true, question), submit),
    );
    stand(given, "answers", say("check_answers"), "asking");
    if (focus) focusOn(place.querySelector("h2"));
  }

  /** @param {boolean} focus */
  function goOn(focus) {
    if (!tries.kept()?.open) showResults(focus);
    else if (tries.toAsk().length) ask(focus);
    else showAnswers(focus);
  }

  /** @param {boolean} focus */
  function showResults(focus) {
    const review = reviewOf(given, tries, start);
    if (!review) return;
    place.replaceChildren(...results(review));
    stand(given, "result", say("results"), review.onward ? "passed" : "");
    if (focus) focusOn(place.querySelector("h2"));
  }

  tries.settle();
  if (!tries.kept()) {
    const changed = hasChanged(entry.key, entry.former, store.state.quizzes);
    place.replaceChildren(...startView(given, changed, start));
  } else goOn(false);
}

/**
 * Throws for a question of an unknown type before the quiz begins, not in the middle of it.
 *
 * @param {QuizGiven} given
 */
function requireKnownTypes({ data: { quiz, questions }, behaviourOf }) {
  for (const id of [...quiz.fixed, ...quiz.draws.flatMap(({ from }) => from)]) {
    behaviourOf(/** @type {Question} */ (questions[id]));
  }
}

/**
 * Says in the title and the address where in the quiz this is. While it asks, its introduction and
 * the way to other pages are hidden; once it is passed, its own button leads to the next page.
 *
 * @param {QuizGiven} given
 * @param {string} name
 * @param {string} words
 * @param {"asking" | "passed" | ""} view
 */
function stand({ place, entry, course }, name, words, view) {
  const { classList } = place.closest("article") ?? place;
  classList.toggle("asking", view === "asking");
  classList.toggle("passed", view === "passed");
  history.replaceState(null, "", `#/${entry.id}/${name}`);
  document.title = [words, entry.title, course.title].join(" – ");
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
  const passed = mark > 0 && total.score >= mark;
  return {
    questions,
    behaviourOf,
    quiz,
    creditOf: tries.creditOf,
    scored: scoreQuiz(questions, tries.creditOf),
    total,
    mark,
    passed,
    onward: passed ? onward(entry, outline, locked) : null,
    last: entry.quiz.keep === "last",
    telling: data.quiz.feedback !== "never",
    over: !attemptsLeft(entry, state),
    tells: quizTells,
    forms: data.forms,
    state,
    next: next(given, tries, total.score >= mark, start),
    unread: total.pages.some((page) => isUnread(page, state)),
    locked,
    say,
  };
}

/**
 * The nearest page behind the quiz that is open; null where there is none.
 *
 * @param {Page} entry
 * @param {QuizGiven["outline"]} outline
 * @param {QuizGiven["locked"]} locked
 */
const onward = (entry, { pages }, locked) =>
  pages.slice(pages.indexOf(entry) + 1).find((page) => !locked(page)) ?? null;

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
  const some = data.quiz.retake === "wrong";
  // With full marks a further attempt is only practice: nothing is said of a next time.
  const full = tries.earned() === FULL;
  const repeated = some ? tries.wrong().length : 0;
  const again = button(say("try_again"), start, enough ? { class: "plain" } : {});
  return [
    attempts,
    repeated ? el("p", {}, say.count("retake_wrong", repeated)) : null,
    some || full ? null : el("p", {}, say("retake_all")),
    el("div", { class: "actions" }, again),
  ];
}

/**
 * Whether Contents lists a page as not read, done or passed. A new page may be none of those that
 * count.
 *
 * @param {Page} page
 * @param {State} state
 */
const isUnread = (page, state) => ["not_started", "changed"].includes(pageStatus(page, state));

// A page that asks questions for score, one at a time.

import { createAttempts } from "../state/attempts.js";
import { hasChanged } from "../state/edits.js";
import { button, el, focusOn, html } from "../dom/element.js";
import { courseTotal } from "../state/course-total.js";
import { attemptsLeft, keptScore, pageStatus } from "../state/progress.js";
import { createQuestionForm } from "./question-form.js";
import { results } from "./quiz-results.js";
import { scoreQuiz } from "../state/scoring.js";
import { shuffled } from "../state/shuffle.js";

/** @import {Behaviour, Interactions, Order, Outline, Page, Question, QuizPage, QuizPageData, Store, Say, Tracking} from "../types" */
/** @typedef {ReturnType<typeof createQuestionForm>} QuestionForm */

// Answers not given yet, by question and attempt: kept for the visit, since trainees may look
// something up in between.
/** @type {Map<string, string>} */
const drafts = new Map();

/**
 * Builds the quiz of a page in `place`. `entry` is the outline's, `data` the page's; `behaviourOf(question)` is
 * its type's; `outline` and `tracking` are the course's;
 * `locked(page)` why an outline entry is not open, else null; `mountInside(element)` starts the components of what
 * is shown only now.
 *
 * @param {{place: HTMLElement, entry: QuizPage, data: QuizPageData, behaviourOf: (question: Question) => Behaviour, store: Store, interactions: Interactions, outline: Outline, tracking: Tracking, locked: (page: Page) => string | null, mountInside: (element: HTMLElement) => void, say: Say}} parts
 */
export function mountQuiz({
  place,
  entry,
  data,
  behaviourOf,
  store,
  interactions,
  outline,
  tracking,
  locked,
  mountInside,
  say,
}) {
  const { quiz } = data;
  const mark = entry.quiz.pass_mark * 100;
  const last = entry.quiz.keep === "last";
  const total = () => courseTotal(entry, { outline, state: store.state, tracking });
  const tries = createAttempts({ entry, data, behaviourOf, store });
  const count = quiz.fixed.length + quiz.draws.reduce((sum, draw) => sum + draw.count, 0);
  // An unknown type shows before the quiz is begun, not in the middle of it.
  for (const id of [...quiz.fixed, ...quiz.draws.flatMap(({ from }) => from)]) {
    behaviourOf(/** @type {Question} */ (data.questions[id]));
  }

  /** @param {boolean} started */
  function attempts(started) {
    const left = attemptsLeft(entry, store.state);
    const which = last ? say("keeps_last") : say("keeps_best");
    if (left === Infinity) return `${say("attempts_unlimited")} ${which}`;
    if (!left) return say("attempts_none");
    const words = say.count(started ? "attempts_more" : "attempts_left", left);
    return started || left > 1 ? `${words} ${which}` : words;
  }

  function startPanel() {
    const feedback = {
      "at-once": "",
      "at-end": say("feedback_at_end"),
      never: say("feedback_never"),
    };
    const facts = [
      say.count("quiz_questions", count),
      mark ? say("pass_mark", { mark: say.percent(mark) }) : "",
      feedback[quiz.feedback],
      attempts(false),
    ];
    const changed = hasChanged(entry.key, entry.former, store.state.quizzes);
    place.replaceChildren(
      ...(changed ? [el("p", { class: "notice" }, say("quiz_changed"))] : []),
      el("ul", {}, ...facts.filter(Boolean).map((fact) => el("li", {}, fact))),
      el("div", { class: "actions" }, button(say("start"), start)),
    );
  }

  function start() {
    tries.begin();
    ask(true);
  }

  /** @param {boolean} focus */
  function ask(focus) {
    const all = tries.asked();
    const [question] = tries.toAsk();
    const behaviour = behaviourOf(question);
    const n = all.filter(tries.answered).length + 1;
    const heading = el("h2", {}, say("question", { n, of: all.length }));
    const holder = html("div", {}, data.forms[question.id]);
    const form = /** @type {HTMLFormElement} */ (holder.firstElementChild);
    const seed = tries.seedOf(question);
    /** @type {Order} */
    const order = (list, idOf) => shuffled(list, seed, idOf);
    if (quiz.shuffle_options && question.shuffle) behaviour.arrange?.(form, order);
    place.replaceChildren(heading, form);
    mountInside(form);
    const shown = createQuestionForm({
      form,
      question,
      behaviour,
      say,
      given: { say, order, keep: (response) => drafts.set(seed, response) },
      answered(response, latency) {
        interactions.add({
          page: entry.id,
          question,
          reported: behaviour.reported(question, response),
          credit: behaviour.credit(question, response),
          latency,
          use: "quiz",
        });
        tries.give(question, response);
        drafts.delete(seed);
        if (quiz.feedback === "at-once") lock(form, shown, question, behaviour, response);
        else goOn();
      },
    });
    form.addEventListener("change", () => drafts.set(seed, behaviour.read(form, question, say)));
    const draft = drafts.get(seed);
    if (draft !== undefined) behaviour.restore(form, draft, question, say);
    if (quiz.feedback !== "at-once") {
      form.querySelector("[type=submit]")?.replaceChildren(say("save_continue"));
    }
    if (focus) focusOn(heading);
  }

  const goOn = () => (tries.kept()?.open ? ask : showResults)(true);

  /**
   * An answer that counts stays as it is, in words: disabled controls are read out misleadingly.
   *
   * @param {HTMLFormElement} form
   * @param {QuestionForm} shown
   * @param {Question} question
   * @param {Behaviour} behaviour
   * @param {string} response
   */
  function lock(form, shown, question, behaviour, response) {
    form.querySelector(".actions")?.remove();
    // With its pictures, but no longer with how to answer.
    const nodes = [...(shown.answer.querySelector(".prompt")?.childNodes ?? [])];
    const prompt = nodes.filter((node) => !(node instanceof Element && node.className === "hint"));
    shown.answer.replaceWith(
      el("p", { class: "prompt" }, ...prompt),
      el(
        "p",
        { class: "your-answer" },
        say("your_answer_is", { answer: behaviour.describe(question, response, say) }),
      ),
    );
    // What cannot be sent is no form (WCAG H32).
    form.replaceWith(el("div", { class: "question" }, ...form.childNodes));
    shown.showFeedback(
      response,
      button(say(tries.kept()?.open ? "next_question" : "see_result"), goOn),
    );
  }

  function next() {
    if (!tries.more())
      return [attemptsLeft(entry, store.state) ? null : el("p", {}, attempts(true))];
    const enough = total().score >= mark;
    const repeated = quiz.retake === "wrong" ? tries.wrong().length : 0;
    return [
      el("p", {}, attempts(true)),
      repeated ? el("p", {}, say.count("retake_wrong", repeated)) : null,
      el(
        "div",
        { class: "actions" },
        button(say("try_again"), start, enough ? { class: "plain" } : {}),
      ),
    ];
  }

  // Of a quiz that was taken but is not passed together with others, its score says more.
  /** @param {Page} page */
  function status(page) {
    const word = pageStatus(page, store.state);
    return page.needs?.quiz && word === "done"
      ? say.percent(keptScore(page, store.state) ?? 0)
      : say(word);
  }

  // It need not count: a page that is new may be none of those that do.
  /** @param {Page} page */
  const isUnread = (page) => ["not_started", "changed"].includes(pageStatus(page, store.state));

  /** @param {boolean} focus */
  function showResults(focus) {
    // Questions that the course has gained since the attempt are not held against it.
    const questions = tries.asked().filter(tries.answered);
    const whole = total();
    const kept = tries.kept();
    if (!kept) return;
    place.replaceChildren(
      ...results({
        questions,
        behaviourOf,
        say,
        mark,
        last,
        total: whole,
        quiz: kept,
        telling: quiz.feedback !== "never",
        locked,
        unread: whole.pages.some(isUnread),
        status,
        scored: scoreQuiz(questions, tries.creditOf),
        next: next(),
      }),
    );
    if (focus) focusOn(place.querySelector("h2"));
  }

  tries.settle();
  if (!tries.kept()) startPanel();
  else if (tries.kept()?.open) ask(false);
  else showResults(false);
}

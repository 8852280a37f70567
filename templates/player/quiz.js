// A page that asks questions for score, one at a time.

import { button, el, focusOn, html } from "./element.js";
import { attemptsLeft, pageStatus } from "./progress.js";
import { createQuestionForm } from "./question-form.js";
import { results } from "./results.js";
import { scoreQuiz } from "./scoring.js";
import { shuffled } from "./shuffle.js";
import { ATTEMPTS_LIMIT } from "./state.js";

/**
 * Builds the quiz of a page in `place`. `entry` is the outline's, `data` the page's; `behaviourOf(question)` is
 * its type's; `total()` gives what results.js says of all quizzes together.
 */
export function mountQuiz({ place, entry, data, behaviourOf, store, interactions, tracking, total, say }) {
  const questions = data.quiz.map((id) => data.questions[id]);
  // An unknown type shows before the quiz is begun, not in the middle of it.
  questions.forEach(behaviourOf);
  const kept = () => store.state.quizzes.get(entry.key);
  const creditOf = (question) => {
    const response = kept().answers.get(question.key);
    return response === undefined ? 0 : behaviourOf(question).credit(question, response);
  };
  const unanswered = () => questions.findIndex((question) => !kept().answers.has(question.key));

  function attempts(started) {
    const left = attemptsLeft(entry, store.state);
    if (left === Infinity) return say("attempts_unlimited");
    return left ? say.count(started ? "attempts_more" : "attempts_left", left) : say("attempts_none");
  }

  function startPanel() {
    place.replaceChildren(
      el("p", {}, say.count("quiz_questions", questions.length)),
      ...(tracking.pass_mark ? [el("p", {}, say("pass_mark", { mark: say.percent(tracking.pass_mark * 100) }))] : []),
      el("p", {}, attempts(false)),
      el("div", { class: "actions" }, button(say("start"), start)),
    );
  }

  function start() {
    store.change(({ quizzes }) => {
      const before = quizzes.get(entry.key);
      const count = Math.min((before?.attempts ?? 0) + 1, ATTEMPTS_LIMIT);
      quizzes.set(entry.key, { attempts: count, best: before?.best ?? null, open: true, answers: new Map() });
    });
    ask(true);
  }

  function ask(focus) {
    const at = unanswered();
    const question = questions[at];
    const behaviour = behaviourOf(question);
    const heading = el("h2", {}, say("question", { n: at + 1, of: questions.length }));
    const holder = html("div", {}, data.forms[question.id]);
    const form = holder.firstElementChild;
    place.replaceChildren(heading, form);
    const shown = createQuestionForm({
      form, question, behaviour, say,
      given: { say, order: (list, idOf) => shuffled(list, `${store.state.attempt} ${question.key}`, idOf), keep() {} },
      answered(response, latency) {
        interactions.add({
          page: entry.id, question, reported: behaviour.reported(question, response),
          credit: behaviour.credit(question, response), latency, use: "quiz",
        });
        store.change(() => {
          kept().answers.set(question.key, response);
          closeIfDone();
        });
        lock(form, shown, question, behaviour, response);
      },
    });
    if (focus) focusOn(heading);
  }

  // An answer that counts stays as it is, in words: disabled controls are read out misleadingly.
  function lock(form, shown, question, behaviour, response) {
    form.querySelector(".actions").remove();
    shown.answer.replaceWith(
      el("p", { class: "prompt" }, question.prompt),
      el("p", { class: "your-answer" }, say("your_answer_is", { answer: behaviour.describe(question, response, say) })),
    );
    const more = unanswered() >= 0;
    shown.showFeedback(response, button(say(more ? "next_question" : "see_result"), () => (more ? ask : showResults)(true)));
  }

  // With the last answer, not with the result: a trainee may close the window in between.
  function closeIfDone() {
    const quiz = kept();
    if (unanswered() >= 0) return;
    quiz.best = Math.max(quiz.best ?? 0, scoreQuiz(questions, creditOf).hundredths);
    quiz.open = false;
  }

  function showResults(focus) {
    const again = attemptsLeft(entry, store.state) > 0;
    const enough = total().score >= tracking.pass_mark * 100;
    place.replaceChildren(
      ...results({
        questions, behaviourOf, say, total: total(), mark: tracking.pass_mark * 100,
        quiz: kept(),
        status: (page) => say(pageStatus(page, store.state)),
        scored: scoreQuiz(questions, creditOf),
        next: [
          el("p", {}, attempts(true)),
          ...(again ? [el("div", { class: "actions" }, button(say("try_again"), start, enough ? { class: "plain" } : {}))] : []),
        ],
      }),
    );
    if (focus) focusOn(place.querySelector("h2"));
  }

  // A question less in a later version of the course can complete an attempt.
  if (kept()?.open && unanswered() < 0) store.change(closeIfDone);
  if (!kept()) startPanel();
  else if (kept().open) ask(false);
  else showResults(false);
}

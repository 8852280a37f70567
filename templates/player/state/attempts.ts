// The attempts at one quiz: which questions are asked, what is kept of the answers, what counts.

import { attemptOf, seedsOf } from "./drawing.js";
import { attemptsLeft } from "./progress.js";
import { FULL, scoreQuiz } from "./scoring.js";
import { ATTEMPTS_LIMIT } from "./state.js";

/** @import {BehaviourOf, Question, QuizPage, QuizPageData, Store} from "../types" */
/**
 * @typedef {object} Given
 * @property {QuizPage} entry
 * @property {QuizPageData} data
 * @property {BehaviourOf} behaviourOf
 * @property {Store} store
 */

/**
 * The attempt at a quiz that is under way, or the last one: its questions, and what they earned.
 *
 * @param {Given} given
 */
function createAttempt({ entry, data, behaviourOf, store }) {
  const { quiz, questions } = data;
  const kept = () => store.state.quizzes.get(entry.key);
  const responses = () => kept()?.answers ?? new Map();
  /** @param {Question} question */
  const answered = ({ key }) => responses().has(key);
  const seeds = () => seedsOf(entry, quiz, store.state);
  const asked = () =>
    attemptOf(quiz, seeds(), (id) => answered(questions[id])).map((id) => questions[id]);

  /** @param {Question} question */
  function creditOf(question) {
    const response = responses().get(question.key);
    return response === undefined ? 0 : behaviourOf(question).credit(question, response);
  }

  return {
    kept,
    responses,
    asked,
    answered,
    creditOf,
    wrong: () => asked().filter((question) => question.scored && creditOf(question) < FULL),
    toAsk: () => asked().filter((question) => !answered(question)),
    earned: () => scoreQuiz(asked(), creditOf).hundredths,
    /**
     * A seed for the order of the options of a question in this attempt.
     *
     * @param {Question} question
     */
    seedOf: ({ key }) => `${seeds().order} ${key}`,
  };
}

/**
 * The attempts of a trainee at the quiz of a page. `entry` is the outline's, `data` the page's.
 *
 * @param {Given} given
 */
export function createAttempts(given) {
  const { entry, data, store } = given;
  const attempt = createAttempt(given);
  const { kept, responses, asked, wrong, toAsk, earned } = attempt;
  const again = data.quiz.retake === "wrong";
  // Where feedback comes at the end, answers can be changed until they are submitted.
  const submitted = data.quiz.feedback !== "at-once";

  // With the last answer, not with the result: a trainee may close the window in between.
  function closeIfDone() {
    const quiz = kept();
    if (!quiz || toAsk().length) return;
    quiz.best = entry.quiz.keep === "last" ? earned() : Math.max(quiz.best ?? 0, earned());
    quiz.open = false;
  }

  return {
    ...attempt,
    /** Whether a further attempt is allowed, and can change anything. */
    more() {
      if (!attemptsLeft(entry, store.state)) return false;
      // An author may have mended a question, so that more is right by now: it counts once the
      // trainee has answered again.
      return !again || wrong().length + toAsk().length > 0 || earned() > (kept()?.best ?? 0);
    },
    begin() {
      const before = kept();
      const repeated = again && before ? [...wrong(), ...toAsk()] : [];
      const right = repeated.length
        ? asked().filter((question) => !repeated.includes(question))
        : [];
      const answers = new Map(right.map(({ key }) => [key, before?.answers.get(key) ?? ""]));
      store.change(({ quizzes }) => {
        const attempts = Math.min((before?.attempts ?? 0) + 1, ATTEMPTS_LIMIT);
        quizzes.set(entry.key, { attempts, best: before?.best ?? null, open: true, answers });
      });
    },
    /**
     * @param {Question} question
     * @param {string} response
     */
    give(question, response) {
      store.change(() => {
        responses().set(question.key, response);
        if (!submitted) closeIfDone();
      });
    },
    /** Ends an attempt in which every question is answered. */
    submit: () => store.change(closeIfDone),
    /** A question less in a later version of the course can complete an attempt. */
    settle() {
      if (!submitted && kept()?.open && !toAsk().length) store.change(closeIfDone);
    },
  };
}

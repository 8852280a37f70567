// The attempts at one quiz: which questions are asked, what is kept of the answers, what counts.

import { attemptOf, seedsOf } from "./drawing.js";
import { attemptsLeft } from "./progress.js";
import { FULL, scoreQuiz } from "./scoring.js";
import { ATTEMPTS_LIMIT } from "./codec.js";

/** @import {Behaviour, Question, QuizPage, QuizPageData, Store} from "../types" */

/**
 * The attempts of a trainee at the quiz of a page. `entry` is the outline's, `data` the page's,
 * `behaviourOf(question)` is its type's, `store` holds the state.
 *
 * @param {{entry: QuizPage, data: QuizPageData, behaviourOf: (question: Question) => Behaviour, store: Store}} parts
 */
export function createAttempts({ entry, data, behaviourOf, store }) {
  const { quiz, questions } = data;
  const again = quiz.retake === "wrong";

  const kept = () => store.state.quizzes.get(entry.key);
  const responses = () => kept()?.answers ?? new Map();
  /** @param {Question} question */
  const answered = ({ key }) => responses().has(key);
  const seeds = () => seedsOf(entry, quiz, store.state);

  /** The questions of the attempt under way, or of the last one. */
  const asked = () =>
    attemptOf(quiz, seeds(), (id) => answered(questions[id])).map((id) => questions[id]);

  /** @param {Question} question */
  function creditOf(question) {
    const response = responses().get(question.key);
    return response === undefined ? 0 : behaviourOf(question).credit(question, response);
  }

  const wrong = () => asked().filter((question) => question.scored && creditOf(question) < FULL);
  const toAsk = () => asked().filter((question) => !answered(question));

  const earned = () => scoreQuiz(asked(), creditOf).hundredths;

  // With the last answer, not with the result: a trainee may close the window in between.
  function closeIfDone() {
    const attempt = kept();
    if (!attempt || toAsk().length) return;
    attempt.best = entry.quiz.keep === "last" ? earned() : Math.max(attempt.best ?? 0, earned());
    attempt.open = false;
  }

  return {
    kept,
    asked,
    answered,
    wrong,
    toAsk,
    creditOf,
    /**
     * A seed for the order of the options of a question in this attempt.
     *
     * @param {Question} question
     */
    seedOf: ({ key }) => `${seeds().order} ${key}`,
    /** Whether a further attempt is allowed, and can change anything. */
    more() {
      if (!attemptsLeft(entry, store.state)) return false;
      // What is right by now, since an author mended it, counts once the trainee has answered again.
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
        closeIfDone();
      });
    },
    /** A question less in a later version of the course can complete an attempt. */
    settle() {
      if (kept()?.open && !toAsk().length) store.change(closeIfDone);
    },
  };
}

// The attempts at one quiz: which questions are asked, which answers are kept, and the score.

import { attemptOf, seedsOf } from "./drawing.ts";
import { attemptsLeft } from "./progress.ts";
import { FULL, scoreQuiz, type Hundredths } from "./scoring.ts";
import { ATTEMPTS_LIMIT } from "./state.ts";
import type { BehaviourOf } from "./behaviour.ts";
import type { QuizPage } from "./course.ts";
import type { QuizPageData } from "./page-data.ts";
import type { Question } from "./question.ts";
import type { Store } from "./store.ts";

/** The score of one attempt. */
export interface Earned {
  /** Number of questions that count. */
  scored: number;
  right: number;
  partly: number;
  hundredths: Hundredths;
}

interface Given {
  entry: QuizPage;
  data: QuizPageData;
  behaviourOf: BehaviourOf;
  store: Store;
  /** Called within the change that ends an attempt, with the score of this attempt. */
  ended?(score: Hundredths): void;
}

/** The current attempt at a quiz, or the last one: its questions, answers and credit. */
function createAttempt({ entry, data, behaviourOf, store }: Given) {
  const { quiz, questions } = data;
  const kept = () => store.state.quizzes.get(entry.key);
  const responses = () => kept()?.answers ?? new Map();
  const answered = ({ key }: Question) => responses().has(key);
  const seeds = () => seedsOf(entry, quiz, store.state);
  const asked = () =>
    attemptOf(quiz, seeds(), (id) => answered(questions[id])).map((id) => questions[id]);

  function creditOf(question: Question) {
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
    /** A seed for the order of a question's options in this attempt. */
    seedOf: ({ key }: Question) => `${seeds().order} ${key}`,
  };
}

/**
 * The trainee's attempts at the quiz of a page. `entry` is the page in the outline, `data` its
 * data.
 */
export function createAttempts(given: Given) {
  const { entry, data, store } = given;
  const attempt = createAttempt(given);
  const { kept, responses, asked, wrong, toAsk, earned } = attempt;
  const onlyWrong = data.quiz.retake === "wrong";
  // With feedback at the end, answers can be changed until they are submitted.
  const submitted = data.quiz.feedback !== "at-once";

  // Ends the attempt with the last answer and not when the result is shown, because the trainee may
  // close the window in between.
  function closeIfDone() {
    const quiz = kept();
    if (!quiz || toAsk().length) return;
    quiz.best = entry.quiz.keep === "last" ? earned() : Math.max(quiz.best ?? 0, earned());
    quiz.open = false;
    given.ended?.(earned());
  }

  return {
    ...attempt,
    /** Whether a further attempt is allowed, and can change anything. Practice has no limit. */
    more() {
      if (!store.saved && !attemptsLeft(entry, store.state)) return false;
      // An edit may have made more answers right; that counts once the trainee has answered again.
      return !onlyWrong || wrong().length + toAsk().length > 0 || earned() > (kept()?.best ?? 0);
    },
    begin() {
      const before = kept();
      const repeated = onlyWrong && before ? [...wrong(), ...toAsk()] : [];
      const right = repeated.length
        ? asked().filter((question) => !repeated.includes(question))
        : [];
      const answers = new Map(right.map(({ key }) => [key, before?.answers.get(key) ?? ""]));
      store.change(({ quizzes }) => {
        const attempts = Math.min((before?.attempts ?? 0) + 1, ATTEMPTS_LIMIT);
        quizzes.set(entry.key, { attempts, best: before?.best ?? null, open: true, answers });
      });
    },
    give(question: Question, response: string) {
      store.change(() => {
        responses().set(question.key, response);
        if (!submitted) closeIfDone();
      });
    },
    /** Ends the attempt if every question is answered. */
    submit: () => store.change(closeIfDone),
    /** Ends an attempt that is complete because an edit removed a question. */
    settle() {
      if (!submitted && kept()?.open && !toAsk().length) store.change(closeIfDone);
    },
  };
}

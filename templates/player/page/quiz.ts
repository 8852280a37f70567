// A page that asks questions for score, one at a time.

import { createAttempts } from "../state/attempts.ts";
import { hasChanged } from "../state/edits.ts";
import { button, el, focusOn } from "../dom/element.ts";
import { courseTotal } from "../state/course-total.ts";
import { attemptsLeft, keptScore, pageStatus } from "../state/progress.ts";
import { answersToCheck } from "./quiz-answers.ts";
import { leaveQuestion } from "./question-form.ts";
import { showQuestion } from "./quiz-question.ts";
import { results, type QuizReview } from "./quiz-results.ts";
import { attemptsInWords, startView } from "./quiz-start.ts";
import { neededInWords, scoreInWords } from "./mark-words.ts";
import { createTestOut } from "./test-out.ts";
import { FULL, scoreQuiz } from "../state/scoring.ts";
import { quizTells } from "./answer-shown.ts";
import type { Say } from "../dom/words.ts";
import type { SaveNews } from "./result-band.ts";
import type { AnswerLog, BehaviourOf } from "../state/behaviour.ts";
import type { Outline, Page, QuizPage, Tracking } from "../state/course.ts";
import type { QuizPageData } from "../state/page-data.ts";
import type { Question } from "../state/question.ts";
import type { Key, State } from "../state/state.ts";
import type { Store } from "../state/store.ts";

/** What the quiz of a page needs. */
export interface QuizGiven {
  place: HTMLElement;
  entry: QuizPage;
  data: QuizPageData;
  course: { title: string };
  behaviourOf: BehaviourOf;
  store: Store;
  interactions: AnswerLog;
  status: SaveNews;
  outline: Outline;
  tracking: Tracking;
  /** Why a page is locked; null if it is open. */
  locked(page: Page): string | null;
  /** Starts the components in an element that has just been added to the page. */
  mountInside(element: HTMLElement): void;
  say: Say;
}

type Attempts = ReturnType<typeof createAttempts>;

/** What a quiz shows that does not follow from the state. */
interface Showing {
  /** The question that is asked again, or whose feedback is shown. */
  question: Question;
  told: boolean;
}

// By the key of the quiz, until its page is left. It is not left when it is shown again.
const showing = new Map<Key, Showing>();

/** Returns a function to call when the page is left. */
export function mountQuiz(given: QuizGiven) {
  const { place, entry, data, store, say } = given;
  const test = createTestOut(given);
  const tries = createAttempts({ ...given, ended: test?.ended });
  requireKnownTypes(given);

  function start() {
    tries.begin();
    ask(true);
  }

  const ask = (focus: boolean, changed?: Question, again?: Showing) =>
    askQuestion(given, tries, { focus, changed, again }, () => goOn(true));

  function showAnswers(focus: boolean) {
    const submit = () => {
      tries.submit();
      showResults(true);
    };
    place.replaceChildren(
      ...answersToCheck(given, tries, (question) => ask(true, question), submit),
    );
    updatePlace(given, "answers", say("check_answers"), "asking");
    if (focus) focusOn(place.querySelector("h2"));
  }

  function goOn(focus: boolean) {
    showing.delete(entry.key);
    if (!tries.kept()?.open) showResults(focus);
    else if (tries.toAsk().length) ask(focus);
    else showAnswers(focus);
  }

  function showResults(focus: boolean) {
    const review = reviewOf(given, tries, start);
    if (!review) return;
    place.replaceChildren(...(test?.results(review, start) ?? results(review)));
    // The result of a test-out has its own buttons, too.
    const view = review.onward || test ? "passed" : review.mark ? "result" : "";
    updatePlace(given, "result", say("results"), view);
    if (focus) focusOn(place.querySelector("h2"));
  }

  tries.settle();
  const before = showing.get(entry.key);
  if (before) ask(false, data.questions[before.question.id], before);
  else if (!tries.kept()) {
    const changed = hasChanged(entry.key, entry.former, store.state.quizzes);
    place.replaceChildren(...(test?.start(start) ?? startView(given, changed, start)));
  } else goOn(false);
  return () => {
    if (say.turning) return;
    showing.delete(entry.key);
    for (const { key } of Object.values(data.questions)) leaveQuestion(key);
  };
}

interface Asking {
  /** Whether the question gets the focus, because the trainee has asked for it. */
  focus: boolean;
  /** A question that has an answer; by default, the first without one is asked. */
  changed?: Question;
  /** What was shown before the page was shown again. */
  again?: Showing;
}

function askQuestion(
  given: QuizGiven,
  tries: Attempts,
  { focus, changed, again }: Asking,
  goOn: () => void,
) {
  const { entry, say } = given;
  const all = tries.asked();
  const question = changed ?? tries.toAsk()[0];
  const n = changed ? all.indexOf(changed) + 1 : all.filter(tries.answered).length + 1;
  const words = say("question", { n, of: all.length });
  const which = el("p", { class: "which" }, words);
  const above = el("div", { class: "above-question" }, which, forResult(given));
  if (focus) leaveQuestion(question.key);
  if (changed) showing.set(entry.key, again ?? { question, told: false });
  else showing.delete(entry.key);
  const told = () => showing.set(entry.key, { question, told: true });
  const tell = showQuestion(given, tries, question, above, goOn, told);
  if (again?.told) tell();
  updatePlace(given, `question-${n}`, words, "asking");
  if (focus) focusOn(which);
}

/** Says that a question counts, since practice looks much alike. */
const forResult = ({ entry: { covers, quiz }, say }: QuizGiven) =>
  covers || !quiz.weight ? null : el("p", { class: "for-result" }, say("for_result"));

/** Throws if a question has an unknown type, before the quiz starts. */
function requireKnownTypes({ data: { quiz, questions }, behaviourOf }: QuizGiven) {
  for (const id of [...quiz.fixed, ...quiz.draws.flatMap(({ from }) => from)]) {
    behaviourOf(questions[id] as Question);
  }
}

/**
 * Puts the position in the quiz into title and address. While it asks, introduction and pager are
 * hidden. The introduction stays hidden above a result with a pass mark; once the quiz is passed,
 * its own button leads to the next page.
 */
function updatePlace(
  { place, entry, course }: QuizGiven,
  name: string,
  words: string,
  view: "asking" | "passed" | "result" | "",
) {
  const { classList } = place.closest("article") ?? place;
  classList.toggle("asking", view === "asking");
  classList.toggle("passed", view === "passed");
  classList.toggle("result", view === "passed" || view === "result");
  history.replaceState(null, "", `#/${entry.id}/${name}`);
  document.title = [words, entry.title, course.title].join(" – ");
}

/** The finished attempt, as the results show it; null if there is none. */
function reviewOf(given: QuizGiven, tries: Attempts, start: () => void): QuizReview | null {
  const { entry, data, behaviourOf, store, outline, tracking, locked, say } = given;
  const { state } = store;
  const quiz = tries.kept();
  if (!quiz) return null;
  // Leaves out questions that an edit has added since the attempt.
  const questions = tries.asked().filter(tries.answered);
  // Practice in a review does not change what it says of a quiz in the LMS.
  const held = store.held.quizzes.has(entry.key) ? store.held : state;
  const total = courseTotal(entry, { outline, state: held, tracking });
  const mark = entry.quiz.pass_mark * 100;
  const passed = mark > 0 && total.score >= mark;
  const scored = scoreQuiz(questions, tries.creditOf);
  return {
    questions,
    behaviourOf,
    quiz,
    creditOf: tries.creditOf,
    scored,
    best: keptScore(entry, held),
    total,
    mark,
    needed: neededInWords(say, entry, scored) ?? "",
    scoredWords: scoreInWords(say, entry, scored.hundredths, mark),
    passed,
    onward: passed ? onward(entry, outline, locked) : null,
    last: entry.quiz.keep === "last",
    telling: data.quiz.feedback !== "never",
    tells: quizTells,
    forms: data.forms,
    state,
    status: given.status,
    next: next(given, tries, total, start),
    unread: total.pages.some((page) => isUnread(page, state)),
    locked,
    say,
  };
}

/** The next open page after the quiz; null if there is none. */
const onward = (entry: Page, { pages }: QuizGiven["outline"], locked: QuizGiven["locked"]) =>
  pages.slice(pages.indexOf(entry) + 1).find((page) => !locked(page)) ?? null;

/** The attempts left, and the button for another one. */
function next(
  { entry, data, store, say }: QuizGiven,
  tries: Attempts,
  { score, spent }: QuizReview["total"],
  start: () => void,
) {
  // After full marks, a further attempt is only practice, unless it lowers the score.
  const full = tries.earned() === FULL;
  const needless = full && !(tries.more() && entry.quiz.keep === "last");
  const untold = needless || spent || store.saved;
  const attempts = untold ? null : el("p", {}, attemptsInWords(entry, store.state, say, true));
  if (!tries.more() || (spent && !store.saved))
    return attemptsLeft(entry, store.state) ? [] : [attempts];
  const some = data.quiz.retake === "wrong";
  const repeated = some ? tries.wrong().length : 0;
  const enough = score >= entry.quiz.pass_mark * 100;
  const again = button(say("try_again"), start, enough ? { class: "plain" } : {});
  return [
    attempts,
    repeated ? el("p", {}, say.count("retake_wrong", repeated)) : null,
    some || full ? null : el("p", {}, say("retake_all")),
    el("div", { class: "actions" }, again),
  ];
}

/** Whether the contents list shows a page as unread. Some of these pages may not count. */
const isUnread = (page: Page, state: State) =>
  ["not_started", "changed"].includes(pageStatus(page, state));

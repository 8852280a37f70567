// The trainee's answers as plain text, for the “Copy my answers” button.

import { dayInWords, timeInWords } from "../dom/dates.ts";
import { percent } from "../dom/words.ts";
import { fragment } from "../dom/element.ts";
import { keptScore, pageStatus } from "../state/progress.ts";
import { encode } from "../state/codec.ts";
import type { Say } from "../dom/words.ts";
import type { BehaviourOf } from "../state/behaviour.ts";
import type { Course, Outline, Page } from "../state/course.ts";
import type { LoadedPage } from "../state/page-data.ts";
import type { Question } from "../state/question.ts";
import type { State } from "../state/state.ts";

interface TextParts {
  course: Course;
  outline: Outline;
  state: State;
  learner: string;
  now: Date;
  dataOf: (page: Page) => LoadedPage | undefined;
  behaviourOf: BehaviourOf;
  say: Say;
}

/**
 * Returns the text: course, trainee and time; then, for each page with work, its status, score and
 * answers; then the state as `scorm-builder state` reads it. `dataOf(page)` returns a page's data,
 * or undefined if it is not loaded.
 */
export function answersAsText({
  course,
  outline,
  state,
  learner,
  now,
  dataOf,
  behaviourOf,
  say,
}: TextParts) {
  const moment = `${dayInWords(say, now.toLocaleDateString("sv"))}, ${timeInWords(say, now)}`;
  const head = [course.title, learner, moment].filter(Boolean);
  const pages = outline.pages.filter((page) => touched(page, state)).map((page) => paragraph(page));
  return [head.join("\n"), ...pages, `${say("copy_code")}\n${code(state)}`].join("\n\n");

  function paragraph(page: Page) {
    const score = page.needs?.quiz ? keptScore(page, state) : null;
    const words = [page.title, say(pageStatus(page, state)), score !== null && percent(say, score)];
    const data = dataOf(page);
    const lines = data
      ? [...quizAnswers(page, data), ...decisions(data, state, say), ...recordAnswers(data)]
      : page.needs
        ? [say("copy_missing")]
        : [];
    return [words.filter(Boolean).join(" – "), ...lines].join("\n");
  }

  function quizAnswers(page: Page, data: LoadedPage) {
    const responses = new Map(state.quizzes.get(page.key)?.answers);
    for (const [key, { response }] of state.checks) responses.set(key, response);
    return Object.values(data.questions)
      .filter(({ key }) => responses.get(key))
      .flatMap((question) => [
        question.prompt,
        say("copy_answer", { answer: describe(question, responses.get(question.key) ?? "") }),
      ]);
  }

  function describe(question: Question, response: string) {
    try {
      return behaviourOf(question).describe(question, response, say);
    } catch {
      return response;
    }
  }

  function recordAnswers(data: LoadedPage) {
    const written = (data.record ?? []).flatMap(({ key }) => {
      const entry = state.records.get(key);
      return entry?.text || entry?.date ? [{ key, ...entry }] : [];
    });
    const sheet = written[0] && fragment(data.html);
    return written.flatMap(({ key, text, date }) => [
      sheet?.getElementById(`record-${key}-question`)?.textContent?.trim() ?? "",
      say("copy_answer", {
        answer: [text, date && dayInWords(say, date)].filter(Boolean).join(" – "),
      }),
    ]);
  }
}

/** The first decision in each scene. */
const decisions = ({ scenario }: LoadedPage, { checks }: State, say: Say) =>
  (scenario?.scenes ?? []).flatMap(({ key, title, choices }) => {
    const choice = choices.find(({ id }) => id === checks.get(key)?.response);
    return choice ? [title, say("copy_answer", { answer: choice.text })] : [];
  });

/** Whether the trainee has done anything on a page, saved or not. */
export const touched = ({ key, needs }: Page, state: State) =>
  state.visited.has(key) ||
  state.quizzes.has(key) ||
  Boolean(needs?.check?.some((question) => state.checks.has(question))) ||
  Boolean(needs?.record?.some((item) => state.records.has(item)));

/** The encoded state, for `scorm-builder state`; "" if it is too long. */
function code(state: State) {
  try {
    return encode(state);
  } catch {
    return "";
  }
}

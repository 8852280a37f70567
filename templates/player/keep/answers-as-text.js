// What a trainee has done, as text to keep: all that is left when an LMS takes nothing any more.

import { fragment } from "../dom/element.js";
import { keptScore, pageStatus } from "../state/progress.js";
import { encode } from "../state/codec.js";

/**
 * The text: course, trainee and time, then each page on which anything was done, with answers and
 * results in words, then the state as `scorm-builder state` reads it. `dataOf(page)` gives a page's
 * data, undefined where it has not arrived; `behaviourOf(question)` is its type's.
 */
export function answersAsText({ course, outline, state, learner, now, dataOf, behaviourOf, say }) {
  const day = now.toLocaleDateString("sv");
  const time = now.toLocaleTimeString(say.language, { hour: "2-digit", minute: "2-digit" });
  const head = [course.title, learner, `${say.day(day)}, ${time}`].filter(Boolean);
  const pages = outline.pages.filter((page) => touched(page, state)).map((page) => paragraph(page));
  return [head.join("\n"), ...pages, `${say("copy_code")}\n${code(state)}`].join("\n\n");

  function paragraph(page) {
    const score = page.needs?.quiz ? keptScore(page, state) : null;
    const words = [page.title, say(pageStatus(page, state)), score !== null && say.percent(score)];
    const data = dataOf(page);
    const lines = data
      ? [...asked(page, data), ...recorded(page, data)]
      : page.needs
        ? [say("copy_missing")]
        : [];
    return [words.filter(Boolean).join(" – "), ...lines].join("\n");
  }

  function asked(page, data) {
    const given = new Map([...(state.quizzes.get(page.key)?.answers ?? [])]);
    for (const [key, { response }] of state.checks) given.set(key, response);
    return Object.values(data.questions)
      .filter(({ key }) => given.get(key))
      .flatMap((question) => [
        question.prompt,
        say("copy_answer", { answer: described(question, given.get(question.key)) }),
      ]);
  }

  function described(question, response) {
    try {
      return behaviourOf(question).describe(question, response, say);
    } catch {
      return response;
    }
  }

  function recorded(page, data) {
    const written = (data.record ?? [])
      .map(({ key }) => [key, state.records.get(key)])
      .filter(([, kept]) => kept?.text || kept?.date);
    if (!written.length) return [];
    const sheet = fragment(data.html);
    return written.flatMap(([key, { text, date }]) => [
      sheet.getElementById(`record-${key}-question`)?.textContent.trim() ?? "",
      say("copy_answer", { answer: [text, date && say.day(date)].filter(Boolean).join(" – ") }),
    ]);
  }
}

/** Whether a trainee has done anything on a page, which may be gone before it was saved. */
export const touched = ({ key, needs }, state) =>
  state.visited.has(key) ||
  state.quizzes.has(key) ||
  Boolean(needs?.check?.some((one) => state.checks.has(one))) ||
  Boolean(needs?.record?.some((one) => state.records.has(one)));

function code(state) {
  try {
    return encode(state);
  } catch {
    return "";
  }
}

// How many answers of the quizzes of a course were right, in words.

import { createAttempts } from "../state/attempts.js";
import { scoreQuiz } from "../state/scoring.js";
import { countsInWords } from "./counts.js";

/** @import {Page, QuizPage, QuizPageData, SurroundingsParts} from "../types" */
/** @typedef {Pick<SurroundingsParts, "course" | "content" | "work" | "view">} Parts */

/**
 * A promise of the words; "" where answers and score are of different attempts, where the course
 * does not tell, or where the questions cannot be had.
 *
 * @param {Parts} parts
 */
export async function answerCounts(parts) {
  const { course, view } = parts;
  const pages = course.outline.pages.filter(({ quiz }) => quiz);
  try {
    const scores = await Promise.all(pages.map((page) => countsOf(page, parts)));
    const known = scores.flatMap((score) => (score ? [score] : []));
    if (!known.length || known.length < scores.length) return "";
    /** @param {"scored" | "right" | "partly"} what */
    const sum = (what) => known.reduce((total, score) => total + score[what], 0);
    const all = { scored: sum("scored"), right: sum("right"), partly: sum("partly") };
    return view.say("counts", { counts: countsInWords(all, view.say) });
  } catch {
    return "";
  }
}

/**
 * @param {Page} page
 * @param {Parts} parts
 */
async function countsOf(page, { content, work: { store } }) {
  const kept = store.state.quizzes.get(page.key);
  if (!kept || kept.open) return null;
  const { load, behaviourOf } = content;
  const data = /** @type {QuizPageData} */ (/** @type {unknown} */ (await load(page)));
  if (data.quiz.feedback === "never") return null;
  const entry = /** @type {QuizPage} */ (page);
  const attempt = createAttempts({ entry, data, behaviourOf, store });
  const counts = scoreQuiz(attempt.asked().filter(attempt.answered), attempt.creditOf);
  return counts.hundredths === kept.best ? counts : null;
}

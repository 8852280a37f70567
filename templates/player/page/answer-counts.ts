// Counts the right answers in the quizzes of a course, as text.

import { createAttempts } from "../state/attempts.ts";
import { hasQuiz } from "../state/asked.ts";
import { scoreQuiz } from "../state/scoring.ts";
import { countsInWords } from "./counts.ts";
import type { SurroundingsParts } from "../app/surroundings.ts";
import type { Page, QuizPage } from "../state/course.ts";
import type { QuizPageData } from "../state/page-data.ts";

type Parts = Pick<SurroundingsParts, "course" | "content" | "work" | "view">;

/**
 * Resolves to the text; "" if answers and score are of different attempts, if the course shows no
 * feedback, or if the questions cannot be loaded.
 */
export async function answerCounts(parts: Parts) {
  const { course, view } = parts;
  const pages = course.outline.pages.filter(hasQuiz);
  try {
    const scores = await Promise.all(pages.map((page) => countsOf(page, parts)));
    const known = scores.flatMap((score) => (score ? [score] : []));
    if (!known.length || known.length < scores.length) return "";
    const sum = (what: "scored" | "right" | "partly") =>
      known.reduce((total, score) => total + score[what], 0);
    const all = { scored: sum("scored"), right: sum("right"), partly: sum("partly") };
    return countsInWords(all, view.say);
  } catch {
    return "";
  }
}

async function countsOf(page: Page, { content, work: { store } }: Parts) {
  const kept = store.held.quizzes.get(page.key);
  if (!kept || kept.open) return null;
  const { load, behaviourOf } = content;
  const data = (await load(page)) as unknown as QuizPageData;
  if (data.quiz.feedback === "never") return null;
  const entry = page as QuizPage;
  const attempt = createAttempts({
    entry,
    data,
    behaviourOf,
    store: { ...store, state: store.held },
  });
  const counts = scoreQuiz(attempt.asked().filter(attempt.answered), attempt.creditOf);
  return counts.hundredths === kept.best ? counts : null;
}

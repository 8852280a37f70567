// Draws and orders the questions of a quiz attempt, always in the same way for the same seeds.

import { shuffled } from "./shuffle.ts";
import type { Page } from "./course.ts";
import type { QuizData } from "./page-data.ts";
import type { State } from "./state.ts";

/**
 * The ids of an attempt's questions. `seeds.draw` decides which are drawn, `seeds.order` their
 * order. Questions for which `answered(id)` stay in the attempt, even if the author has added to
 * the bank.
 */
export function attemptOf(
  quiz: QuizData,
  seeds: { draw: string; order: string },
  answered: (id: string) => boolean,
): string[] {
  const drawn = quiz.draws.flatMap(({ count, from }) => {
    const pile = shuffled(from, seeds.draw, (id) => id);
    const chosen = [...pile.filter(answered), ...pile.filter((id) => !answered(id))].slice(
      0,
      count,
    );
    return from.filter((id) => chosen.includes(id));
  });
  const ids = [...quiz.fixed, ...drawn];
  return quiz.shuffle_questions ? shuffled(ids, seeds.order, (id) => id) : ids;
}

/**
 * The seeds of a quiz for one trainee. If a retake asks only the wrong answers again, the drawn
 * questions stay and only their order changes.
 */
export function seedsOf(page: Page, quiz: QuizData, state: State) {
  const own = `${state.attempt} ${page.key}`;
  const attempt = `${own} ${state.quizzes.get(page.key)?.attempts}`;
  return { draw: quiz.retake === "wrong" ? own : attempt, order: attempt };
}

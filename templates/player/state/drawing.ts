// Which questions an attempt at a quiz asks, and in which order: the same after every reload.

import { shuffled } from "./shuffle.ts";
import type { Page } from "./course.ts";
import type { QuizData } from "./page-data.ts";
import type { State } from "./state.ts";

/**
 * The ids of an attempt's questions. `quiz` is the page's data: `fixed` ids, `draws` of {count,
 * from}, whether to shuffle. `seeds` are texts: `draw` for which questions, `order` for their
 * order. `answered(id)` tells those that the attempt already has an answer to: they stay in it,
 * whatever an author has added to their bank meanwhile.
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
 * The seeds of a quiz page for one trainee. An attempt that asks again only what was not right
 * keeps the questions drawn and changes their order alone.
 */
export function seedsOf(page: Page, quiz: QuizData, state: State) {
  const own = `${state.attempt} ${page.key}`;
  const attempt = `${own} ${state.quizzes.get(page.key)?.attempts}`;
  return { draw: quiz.retake === "wrong" ? own : attempt, order: attempt };
}

// Which questions an attempt at a quiz asks, and in which order: the same after every reload.

import { shuffled } from "./shuffle.js";

/** @import {Page, QuizData, State} from "../types" */

/**
 * The ids of an attempt's questions. `quiz` is the page's data: `fixed` ids, `draws` of {count,
 * from}, whether to shuffle. `seeds` are texts: `draw` for which questions, `order` for their
 * order. `answered(id)` tells those that the attempt already has an answer to: they stay in it,
 * whatever an author has added to their bank meanwhile.
 *
 * @param {QuizData} quiz
 * @param {{draw: string, order: string}} seeds
 * @param {(id: string) => boolean} answered
 * @returns {string[]}
 */
export function attemptOf(quiz, seeds, answered) {
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
 *
 * @param {Page} page
 * @param {QuizData} quiz
 * @param {State} state
 */
export function seedsOf(page, quiz, state) {
  const own = `${state.attempt} ${page.key}`;
  const attempt = `${own} ${state.quizzes.get(page.key)?.attempts}`;
  return { draw: quiz.retake === "wrong" ? own : attempt, order: attempt };
}

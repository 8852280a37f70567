// Draws and orders the questions of a quiz attempt, always in the same way for the same seeds.

import { shuffled } from "./shuffle.ts";
import type { Page } from "./course.ts";
import type { QuizData } from "./page-data.ts";
import type { State } from "./state.ts";

/**
 * How an attempt draws. `draw` decides which questions are drawn, `order` their order. With a
 * `turn`, the number of earlier attempts, each attempt asks the next questions of the same pile,
 * and begins again only where an edit has left too few.
 */
interface Seeds {
  draw: string;
  order: string;
  turn?: number;
}

/**
 * The ids of an attempt's questions. Questions for which `answered(id)` stay in the attempt, even
 * if the author has added to the bank, and in a test-out even if it now asks fewer.
 */
export function attemptOf(
  quiz: QuizData,
  { draw, order, turn }: Seeds,
  answered: (id: string) => boolean,
): string[] {
  const drawn = quiz.draws.flatMap(({ count, from }) => {
    const pile = shuffled(from, draw, (id) => id);
    const next = (count * (turn ?? 0)) % (pile.length || 1);
    const turned = [...pile.slice(next), ...pile.slice(0, next)];
    const kept = turned.filter(answered);
    const most = turn === undefined ? count : Math.max(count, kept.length);
    const chosen = [...kept, ...turned.filter((id) => !answered(id))].slice(0, most);
    return from.filter((id) => chosen.includes(id));
  });
  const ids = [...quiz.fixed, ...drawn];
  return quiz.shuffle_questions ? shuffled(ids, order, (id) => id) : ids;
}

/**
 * The seeds of a quiz for one trainee. If a retake asks only the wrong answers again, the drawn
 * questions stay and only their order changes. A test-out has one pile for all attempts.
 */
export function seedsOf(
  { key, covers }: Pick<Page, "key" | "covers">,
  quiz: QuizData,
  { attempt, quizzes }: State,
): Seeds {
  const own = `${attempt} ${key}`;
  const attempts = quizzes.get(key)?.attempts;
  const order = `${own} ${attempts}`;
  if (covers) return { draw: own, order, turn: Math.max((attempts ?? 0) - 1, 0) };
  return { draw: quiz.retake === "wrong" ? own : order, order };
}

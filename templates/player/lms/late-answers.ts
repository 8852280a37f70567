// Reports answers that an earlier visit could not write to the LMS, or that were lost on the way.

import { neededKeys, needsOf } from "../state/asked.ts";
import { decision } from "../state/scenario.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Page } from "../state/course.ts";
import type { PageData } from "../state/page-data.ts";
import type { Question } from "../state/question.ts";
import type { Key, State } from "../state/state.ts";
import type { Interactions } from "./interactions.ts";

interface LateParts {
  keys: Set<Key>;
  pages: Page[];
  state: State;
  interactions: Interactions;
  load: (page: Page) => Promise<PageData>;
  behaviourOf: (question: Question) => Behaviour;
  save: () => void;
}

/**
 * Adds the answers to `keys` to `interactions`, from the state and the pages' data; then calls
 * `save()`. Answers on a page that cannot be loaded stay for the next visit.
 */
export async function reportLate({
  keys,
  pages,
  state,
  interactions,
  load,
  behaviourOf,
  save,
}: LateParts) {
  const late = new Set(keys);
  // Questions that the course no longer has are not reported.
  const asked = new Set(pages.flatMap(neededKeys));
  for (const key of late) if (!asked.has(key)) state.late.delete(key);
  for (const page of pages) {
    if (!neededKeys(page).some((key) => late.has(key))) continue;
    const { quiz = [], "test-out": tested = [] } = needsOf(page);
    const data = await load(page).catch(() => null);
    for (const question of Object.values(data?.questions ?? {})) {
      if (!late.has(question.key)) continue;
      const use = quiz.includes(question.key) ? "quiz" : "practice";
      const response = [...quiz, ...tested].includes(question.key)
        ? state.quizzes.get(page.key)?.answers.get(question.key)
        : state.checks.get(question.key)?.response;
      interactions.add(
        { page: page.id, question, use, ...judged(question, response, behaviourOf) },
        null,
      );
    }
    for (const scene of data?.scenario?.scenes ?? []) {
      const response = state.checks.get(scene.key)?.response ?? "";
      if (late.has(scene.key)) interactions.add(decision(page, scene, response), null);
    }
  }
  if (late.size) save();
}

/** The keys of questions to which the state still holds an answer. */
export const heldAnswers = ({ checks, quizzes }: State): Set<Key> =>
  new Set([
    ...[...checks].flatMap(([key, { response }]) => (response ? [key] : [])),
    ...[...quizzes.values()].flatMap(({ answers }) => [...answers.keys()]),
  ]);

/** An answer that a further attempt has replaced has nothing to report. */
function judged(
  question: Question,
  response: string | undefined,
  behaviourOf: (question: Question) => Behaviour,
) {
  if (!response) return { reported: [], credit: 0 };
  const behaviour = behaviourOf(question);
  return {
    reported: behaviour.reported(question, response),
    credit: behaviour.credit(question, response),
  };
}

/**
 * Whether anything was tried more than once. What an LMS lacks besides the latest answers is
 * otherwise no try, but what the course reports of itself.
 */
export const triedAgain = ({ quizzes, checks }: Pick<State, "quizzes" | "checks">) =>
  [...quizzes.values()].some(({ attempts }) => attempts > 1) ||
  [...checks.values()].some(({ tries }) => tries > 1);

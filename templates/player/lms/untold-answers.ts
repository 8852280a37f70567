// Answers that an earlier visit could not tell the LMS, or that were lost on the way.

import type { Behaviour } from "../state/behaviour.ts";
import type { Page } from "../state/course.ts";
import type { PageData } from "../state/page-data.ts";
import type { Question } from "../state/question.ts";
import type { Key, State } from "../state/state.ts";
import type { Interactions } from "./interactions.ts";

interface Untold {
  keys: Set<Key>;
  pages: Page[];
  state: State;
  interactions: Interactions;
  load: (page: Page) => Promise<PageData>;
  behaviourOf: (question: Question) => Behaviour;
  save: () => void;
}

/**
 * Appends those of `keys` to `interactions`, from the state and the data of their pages, which
 * `load(page)` gives a promise of; `save()` then. What was asked on a page that cannot be loaded
 * stays for the next visit.
 */
export async function tellLate({
  keys,
  pages,
  state,
  interactions,
  load,
  behaviourOf,
  save,
}: Untold) {
  const late = new Set(keys);
  // What the course no longer asks is not told.
  const asked = new Set(
    pages.flatMap(({ needs }) => [...(needs?.check ?? []), ...(needs?.quiz ?? [])]),
  );
  for (const key of late) if (!asked.has(key)) state.late.delete(key);
  for (const page of pages) {
    const { check = [], quiz = [] } = page.needs ?? {};
    if (![...check, ...quiz].some((key) => late.has(key))) continue;
    const data = await load(page).catch(() => null);
    for (const question of Object.values(data?.questions ?? {})) {
      if (!late.has(question.key)) continue;
      const use = quiz.includes(question.key) ? "quiz" : "practice";
      const response =
        use === "quiz"
          ? state.quizzes.get(page.key)?.answers.get(question.key)
          : state.checks.get(question.key)?.response;
      interactions.add(
        { page: page.id, question, use, ...judged(question, response, behaviourOf) },
        null,
      );
    }
  }
  if (late.size) save();
}

/** The questions of which the state still holds an answer. */
export const heldAnswers = ({ checks, quizzes }: State): Set<Key> =>
  new Set([
    ...[...checks].flatMap(([key, { response }]) => (response ? [key] : [])),
    ...[...quizzes.values()].flatMap(({ answers }) => [...answers.keys()]),
  ]);

/** Of an answer that a further attempt has taken away there is nothing to tell. */
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

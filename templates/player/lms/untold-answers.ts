// Answers that an earlier visit could not tell the LMS, or that were lost on the way.

/** @import {Behaviour, Interactions, Key, Page, PageData, Question, State} from "../types" */

/**
 * @typedef Untold
 * @property {Set<Key>} keys
 * @property {Page[]} pages
 * @property {State} state
 * @property {Interactions} interactions
 * @property {(page: Page) => Promise<PageData>} load
 * @property {(question: Question) => Behaviour} behaviourOf
 * @property {() => void} save
 */

/**
 * Appends those of `keys` to `interactions`, from the state and the data of their pages, which
 * `load(page)` gives a promise of; `save()` then. What was asked on a page that cannot be loaded
 * stays for the next visit.
 *
 * @param {Untold} untold
 */
export async function tellLate({ keys, pages, state, interactions, load, behaviourOf, save }) {
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

/**
 * The questions of which the state still holds an answer.
 *
 * @param {State} state
 * @returns {Set<Key>}
 */
export const heldAnswers = ({ checks, quizzes }) =>
  new Set([
    ...[...checks].flatMap(([key, { response }]) => (response ? [key] : [])),
    ...[...quizzes.values()].flatMap(({ answers }) => [...answers.keys()]),
  ]);

/**
 * Of an answer that a further attempt has taken away there is nothing to tell.
 *
 * @param {Question} question
 * @param {string | undefined} response
 * @param {(question: Question) => Behaviour} behaviourOf
 */
function judged(question, response, behaviourOf) {
  if (!response) return { reported: [], credit: 0 };
  const behaviour = behaviourOf(question);
  return {
    reported: behaviour.reported(question, response),
    credit: behaviour.credit(question, response),
  };
}

// How the practice questions of a page went.

import { needsOf } from "./asked.ts";
import type { Page } from "./course.ts";
import type { Key, State } from "./state.ts";

/** Counts of the practice questions of a page. */
export interface FirstTries {
  /** Those that are right or wrong. */
  of: number;
  /** Of these: with an answer, and right at the first try. */
  tried: number;
  right: number;
  /** Of all: without an answer. */
  open: number;
}

/** `keys` are those of the questions; the first `judged` are right or wrong. */
export function firstTries({ checks }: State, keys: Key[], judged = keys.length): FirstTries {
  const isTried = (key: Key) => Boolean(checks.get(key)?.tries);
  const tried = keys.slice(0, judged).filter(isTried);
  return {
    of: judged,
    tried: tried.length,
    right: tried.filter((key) => checks.get(key)?.first).length,
    open: keys.filter((key) => !isTried(key)).length,
  };
}

/** Of a page in the outline, which lists practice only in courses whose pages are tracked. */
export const firstTriesOf = (page: Page, state: State) =>
  firstTries(state, needsOf(page).check ?? [], page.judged);

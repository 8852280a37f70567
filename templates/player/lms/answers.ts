// The part “answers”, in every script that adds answers.

import { answerValues } from "./answer-values.ts";
import { createInteractions } from "./interactions.ts";
import type { MakeList } from "./no-answers.ts";

/** The list of answers of a visit. */
export const listAnswers: MakeList = (count, counted) =>
  createInteractions(count, () => new Date(), answerValues, counted);

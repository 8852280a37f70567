// The values of an answer in cmi.interactions: the part “answers” has them, which every script that
// reports answers brings along, because the first view needs none.

import { fits, time, timespan } from "./limits.ts";
import { FULL, type Hundredths } from "../state/scoring.ts";
import type { Answer, Reported } from "../state/behaviour.ts";
import type { Pair } from "./elements.ts";

// Maximum number of correct_responses. The key file next to the package has all of them.
const PATTERNS = 5;

const resultOf = ({ scored }: Answer["question"], credit: Hundredths) => {
  if (!scored) return "neutral";
  if (credit === FULL) return "correct";
  return credit ? String(credit / FULL) : "wrong";
};

/** The leaves of the element of one response, and their values. `at` is null if it is unknown. */
export function answerValues(
  { page, question, credit, latency }: Answer,
  { part, response }: Reported,
  at: Date | null,
) {
  const { id, interaction, patterns, scored, weight } = question;
  const values: [leaf: string, value: string | null][] = [
    ["id", [page, id, part].filter(Boolean).join("--")],
    ["type", interaction],
    ["time", at && time(at)],
    ...patterns
      .slice(0, PATTERNS)
      .map((pattern, n) => [`correct_responses.${n}.pattern`, pattern] as Pair),
    ["weighting", String(scored ? weight : 0)],
    ["student_response", fits(interaction, response) ? response : ""],
    ["result", resultOf(question, credit)],
    ["latency", at && timespan(latency as number)],
  ];
  return values.filter(([, value]) => value) as Pair[];
}

/** How the list of answers calls this part. */
export type ValuesOf = typeof answerValues;

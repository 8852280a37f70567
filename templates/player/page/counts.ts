// Formats counts such as “15 right, 1 partly right, 3 not right”.

import type { Say } from "../dom/words.ts";
import type { Earned } from "../state/attempts.ts";

export function countsInWords(
  { right, partly, scored }: Pick<Earned, "scored" | "right" | "partly">,
  say: Say,
) {
  const wrong = scored - right - partly;
  const parts = [
    right || !(partly || wrong) ? say.count("n_right", right) : "",
    partly ? say.count("n_partly", partly) : "",
    wrong ? say.count("n_wrong", wrong) : "",
  ];
  return parts.filter(Boolean).join(say("comma"));
}

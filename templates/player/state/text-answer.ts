// A text that the player reports among the answers, though no question asks for it.

import type { Answer } from "./behaviour.ts";

/** An answer on no page, which is neither right nor wrong. `id` is that of the interaction. */
export const textAnswer = (id: string, response: string, use: Answer["use"]): Answer => ({
  page: "",
  question: { id, key: "", interaction: "fill-in", scored: false, weight: 0, patterns: [] },
  reported: [{ part: "", response }],
  credit: 0,
  use,
});

// Performance: steps of a task, ticked when they are done. A response is the ids of the ticked
// steps in alphabetical order.

import { FULL, share } from "../state/scoring.ts";
import { choice } from "./choice.ts";
import { feedbackList } from "./each.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

type Performance = Question<{ needed: string[]; credit: "all" | "partial" }>;

// Parts of a choice that do not depend on the right answer.
const { read, restore, first, reported, describe } = choice as Behaviour<Question<unknown>>;

/** The number of required steps done, and of required steps. */
const parts = ({ answer: { needed } }: Performance, response: string) => [
  needed.filter((id) => response.includes(id)).length,
  needed.length,
];

/** The form is that of a choice with several answers. */
export const performance: Behaviour<Performance> = {
  read,
  restore,
  /** Ticked steps stay. */
  clear() {},
  first,
  reported,
  describe,
  // A task may take days, so ticks are stored at once.
  mount(form, question, given) {
    form.addEventListener("change", () => given.keep(read(form, question, given.say), true));
  },
  problem(form, question, say) {
    if (performance.read(form, question, say)) return null;
    return { controls: [...form.querySelectorAll(".answer input")], words: say("tick_done") };
  },
  /** With partial credit, each required step earns the same share. */
  credit({ answer: { needed, credit } }, response) {
    const done = needed.filter((id) => response.includes(id)).length;
    if (credit === "partial") return share(done, needed.length);
    return needed.length && done === needed.length ? FULL : 0;
  },
  verdict(question, response, say) {
    const [n, of] = parts(question, response);
    if (!of) return "";
    return n === of ? say("all_done") : n ? say("partly_done", { n, of }) : say("none_done");
  },
  marks: ({ options, answer: { needed } }, response) =>
    options.map(({ id }) => {
      const done = response.includes(id);
      const word = done ? "done" : needed.includes(id) ? "not_yet" : "";
      return { row: id, text: "", word, sign: done ? "right" : "open" };
    }),
  feedback: ({ options }, response) => [
    feedbackList(
      options
        .filter(({ id }) => !response.includes(id))
        .map(({ text, feedback }) => ({ words: text, feedback })),
    ),
  ],
};

// Steps of a task, to be ticked when they are done. A response is the ids of those that are, in
// alphabetical order.

import { FULL, share } from "../state/scoring.ts";
import { choice } from "./choice.ts";
import { each } from "./each.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

type Performance = Question<{ needed: string[]; credit: "all" | "partial" }>;

// These parts of a choice do not depend on what is right.
const { read, restore, first, reported, describe } = choice as Behaviour<Question<unknown>>;

/** How many of the needed steps are done, and how many there are. */
const parts = ({ answer: { needed } }: Performance, response: string) => [
  needed.filter((id) => response.includes(id)).length,
  needed.length,
];

/** A type of question, as choice.ts describes it; its form is that of a choice of several. */
export const performance: Behaviour<Performance> = {
  read,
  restore,
  /** What is done stays done. */
  clear() {},
  first,
  reported,
  describe,
  // A task may take days: what is ticked is kept at once.
  mount(form, question, given) {
    form.addEventListener("change", () => given.keep(read(form, question, given.say), true));
  },
  problem(form, question, say) {
    if (performance.read(form, question, say)) return null;
    return { controls: [...form.querySelectorAll(".answer input")], words: say("tick_done") };
  },
  /** Each needed step earns the same share, or all of them together everything. */
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
    each(
      options
        .filter(({ id }) => !response.includes(id))
        .map(({ text, feedback }) => ({ words: text, feedback })),
    ),
  ],
};

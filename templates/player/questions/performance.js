// Steps of a task, to be ticked when they are done. A response is the ids of those that are, in
// alphabetical order.

import { FULL, share } from "../state/scoring.js";
import { choice } from "./choice.js";
import { each } from "./each.js";

/** @import {Behaviour, Question} from "../types" */
/** @typedef {Question<{needed: string[], credit: "all" | "partial"}>} Performance */

// These parts of a choice do not depend on what is right.
const { read, restore, clear, first, reported, describe } =
  /** @type {Behaviour<Question<unknown>>} */ (choice);

/**
 * A type of question, as choice.js describes it; its form is that of a choice of several.
 *
 * @type {Behaviour<Performance>}
 */
export const performance = {
  read,
  restore,
  clear,
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
  feedback: ({ options }, response, say) => [
    each(
      options.map(({ id, text, feedback }) => ({
        words: text,
        right: response.includes(id),
        feedback,
      })),
      say("done"),
      say("not_yet"),
    ),
  ],
};

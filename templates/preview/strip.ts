// One line below the bar: what has just happened, and what can be done about it.

import { byId, button, el } from "./element.js";

/** @import {Strip} from "./types" */

/** @returns {Strip} */
export function createStrip() {
  const strip = byId("strip");
  let about = "";

  const strips = {
    /** @param {string | Node[]} words @param {string} [subject] */
    say(words, subject = "") {
      about = subject;
      const shown = typeof words === "string" ? [el("p", {}, words)] : words;
      strip.replaceChildren(
        ...shown,
        button("Close", () => strips.clear(about)),
      );
    },
    /** @param {string} subject */
    clear(subject) {
      if (subject === about) strip.replaceChildren();
    },
  };
  return strips;
}

// A line below the header: what has just happened, and a button for what to do.

import { byId, button, el } from "./element.ts";

export interface Strip {
  say(words: string | Node[], subject?: string): void;
  clear(subject: string): void;
}

export function createStrip(): Strip {
  const strip = byId("strip");
  let about = "";

  const strips = {
    say(words: string | Node[], subject = "") {
      about = subject;
      const shown = typeof words === "string" ? [el("p", {}, words)] : words;
      strip.replaceChildren(
        ...shown,
        button("Close", () => strips.clear(about)),
      );
    },
    clear(subject: string) {
      if (subject === about) strip.replaceChildren();
    },
  };
  return strips;
}

// Beside a page in the contents list: how its practice questions went.

import { el } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { FirstTries } from "../state/first-tries.ts";

/** Shows it in `place`, and as a ring around the sign of the entry `item`; null hides it. */
export function showFirstTries(
  item: HTMLElement,
  place: HTMLElement,
  tries: FirstTries | null,
  say: Say,
) {
  const { of = 0, tried = 0, right: n = 0, open = 0 } = tries ?? {};
  if (tried) item.classList.add("practised");
  item.style.setProperty("--share", String(tried ? n / of : 0));
  // The short form is for the eyes.
  const short = tried ? say("n_of", { n, of }) : "";
  const long = tried ? `${say("first_right", { n, of })} ` : "";
  const still = open ? say("practice_open", { n: open }) : "";
  // Skips what has not changed, because all entries are updated after each piece.
  if (place.textContent === short + long + still) return;
  place.replaceChildren(
    ...(tried
      ? [el("span", { "aria-hidden": "true" }, short), el("span", { class: "unseen" }, long)]
      : []),
    ...(open ? [el("span", { class: "contents-open" }, still)] : []),
  );
}

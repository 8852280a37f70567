// A note before a page that may be hard to read: what follows waits until it is asked for.

import { button, el, focusOn } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

// The pages that were gone on with, for as long as the course is open.
const read = new Set();

/**
 * Holds back what follows a note in its article, until Continue, or until a link leads into it.
 * Asked for once, it stays. “Skip this page” goes on to the next one.
 */
export function mountNote(note: HTMLElement, { entry, say }: { entry: Page; say: Say }) {
  const article = note.parentElement as HTMLElement;
  const next = document.getElementById("next") as HTMLElement;
  if (read.has(entry.id) || !note.nextElementSibling) return;
  const follows = (element: Element) =>
    !note.contains(element) && Boolean(note.compareDocumentPosition(element) & 4);

  // A link may have led to a place below the note: it is gone to after Continue.
  const { activeElement } = document;
  const inside = activeElement && article.contains(activeElement) && follows(activeElement);
  const wanted = inside ? activeElement.id : "";

  function show() {
    read.add(entry.id);
    note.classList.remove("closed");
    actions.remove();
  }

  const actions = el(
    "div",
    { class: "actions" },
    button(say("continue"), () => {
      show();
      const place = document.getElementById(wanted) ?? note.nextElementSibling;
      place?.scrollIntoView();
      focusOn(place as HTMLElement);
    }),
    next.hidden ? null : button(say("skip"), () => next.click(), { class: "plain" }),
  );
  note.append(actions);
  note.classList.add("closed");
  if (wanted) {
    scrollTo(0, 0);
    focusOn(article.querySelector("h1"));
  }
  article.addEventListener("uncover", (event) => {
    if (follows(event.target as Element) && note.classList.contains("closed")) show();
  });
}

// A content note: what follows it stays hidden until the trainee chooses Continue.

import { button, el, focusOn } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

// Ids of pages on which Continue was chosen, until the course is closed.
const opened = new Set();

/**
 * Hides what follows a note in its article until Continue is chosen or a link leads into it. “Skip
 * this page” goes to the next page.
 */
export function mountNote(note: HTMLElement, { entry, say }: { entry: Page; say: Say }) {
  const article = note.parentElement as HTMLElement;
  const next = document.getElementById("next") as HTMLElement;
  if (opened.has(entry.id) || !note.nextElementSibling) return;
  const follows = (element: Element) =>
    !note.contains(element) && Boolean(note.compareDocumentPosition(element) & 4);

  // The target of a link below the note; shown after Continue.
  const { activeElement } = document;
  const inside = activeElement && article.contains(activeElement) && follows(activeElement);
  const wanted = inside ? activeElement.id : "";

  function show() {
    opened.add(entry.id);
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

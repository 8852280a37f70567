// Marks the title of the window while something in the view is wrong.

import type { Say } from "../dom/words.ts";

/**
 * Starts the title of the window with "Error: " while a field of the view is marked as wrong, so
 * that a screen reader says so first (WCAG 2.2, 2.4.2 and 3.3.1).
 */
export function updateErrorTitle(say: Say) {
  const prefix = say("error_prefix");
  const wrong = document.querySelector('main :is(.error-summary, [aria-invalid="true"])');
  const { title } = document;
  const bare = title.startsWith(prefix) ? title.slice(prefix.length) : title;
  document.title = wrong ? prefix + bare : bare;
}

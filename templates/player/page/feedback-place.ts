// Where feedback is shown.

import { focusOn } from "../dom/element.ts";

/** Scrolls feedback into view, and focuses its heading. */
export function bringIntoView(feedback: HTMLElement) {
  focusOn(feedback.firstElementChild as HTMLElement);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  feedback.scrollIntoView({ block: "nearest", behavior: still ? "instant" : "smooth" });
}

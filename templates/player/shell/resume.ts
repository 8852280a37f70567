// Offers to resume or to start again. The trainee decides.

import { button, el, focusOn, removeFocused } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

interface Given {
  place: HTMLElement;
  /** The page to resume at. */
  page: Page;
  /** The result of the quizzes so far. */
  result: HTMLElement[];
  say: Say;
  resume: () => void;
  restart: () => void;
  /** Whether `place` is on the cover, whose button it replaces. */
  covered: boolean;
}

/** Shows the offer in `place`. Returns a function that removes it. */
export function showResume({ place, page, result, say, resume, restart, covered }: Given) {
  const heading = el("h2", { id: "resume-title" }, say("resume_title"));
  const text = el("p", {}, say("resume_text", { title: page.title }));
  const actions = el("div", { class: "actions" });
  const region = el(
    "section",
    { class: "resume", "aria-labelledby": "resume-title" },
    heading,
    text,
    ...result,
    actions,
  );
  const hide = () => removeFocused(region);

  function again() {
    hide();
    restart();
  }

  function ask() {
    const words = covered ? say("resume_at", { title: page.title }) : say("resume");
    actions.replaceChildren(
      button(words, resume),
      button(say("start_again"), confirm, { class: "plain" }),
    );
  }

  function confirm() {
    text.textContent = say("start_again_text");
    actions.replaceChildren(
      button(say("start_again_yes"), again),
      button(say("start_again_no"), back, { class: "plain" }),
    );
    heading.textContent = say("start_again_title");
    focusOn(heading);
  }

  function back() {
    heading.textContent = say("resume_title");
    text.textContent = say("resume_text", { title: page.title });
    ask();
    focusOn(heading);
  }

  ask();
  if (!covered) {
    place.prepend(region);
    keepInSight(region);
    return hide;
  }
  const focused = place.contains(document.activeElement);
  place.replaceChildren(region);
  if (focused) actions.querySelector("button")?.focus();
  return hide;
}

/**
 * An LMS such as Open edX may show the course in a frame that extends below the window. Its bottom
 * is out of sight there, so the offer is moved above the page.
 */
function keepInSight(region: HTMLElement) {
  new IntersectionObserver(([seen], observer) => {
    observer.disconnect();
    region.classList.toggle("above-page", seen.intersectionRatio < 0.9);
  }).observe(region);
}

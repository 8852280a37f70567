// The choice at a later visit: where the trainee was, or the beginning. Nothing moves by itself.

import { button, el, focusOn, removeFocused } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

interface Given {
  place: HTMLElement;
  /** The one to resume at. */
  page: Page;
  say: Say;
  resume: () => void;
  restart: () => void;
  /** Whether the place is the cover's, whose own button it takes over. */
  covered: boolean;
}

/**
 * Show the choice in `place`, above the page. `resume()` and `restart()` act on it. The function
 * that this gives takes the choice away, once another page is on view.
 */
export function showResume({ place, page, say, resume, restart, covered }: Given) {
  const heading = el("h2", { id: "resume-title" }, say("resume_title"));
  const text = el("p", {}, say("resume_text", { title: page.title }));
  const actions = el("div", { class: "actions" });
  const region = el(
    "section",
    { class: "resume", "aria-labelledby": "resume-title" },
    heading,
    text,
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
 * An LMS may show the course in a frame that ends below the window, as Open edX does: the end of
 * the page is out of sight there, and the choice stands above the page instead.
 */
function keepInSight(region: HTMLElement) {
  new IntersectionObserver(([seen], observer) => {
    observer.disconnect();
    region.classList.toggle("above-page", seen.intersectionRatio < 0.9);
  }).observe(region);
}

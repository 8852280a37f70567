// The choice at a later visit: where the trainee was, or the beginning. Nothing moves by itself.

import { button, el, focusOn, removeFocused } from "../dom/element.js";
import { missing } from "../state/progress.js";

/** @import {Page, Say, State} from "../types" */
/**
 * @typedef {object} Given
 * @property {HTMLElement} place
 * @property {Page} page The one to resume at.
 * @property {Say} say
 * @property {() => void} resume
 * @property {() => void} restart
 */

/**
 * The outline entry to resume at, null where there is nothing to resume: the bookmark's page, else
 * the location's, else the first open page not visited.
 *
 * @param {Page[]} pages
 * @param {State} state
 * @param {string} location
 * @returns {Page | null}
 */
export function resumePage(pages, state, location) {
  const page =
    pages.find(({ key }) => key === state.bookmark) ??
    pages.find(({ id }) => id === location) ??
    (state.visited.size
      ? pages.find((unread) => !state.visited.has(unread.key) && !missing(unread, state).length)
      : null);
  return page && page !== pages[0] ? page : null;
}

/**
 * Show the choice in `place`, above the page. `resume()` and `restart()` act on it. The function
 * that this gives takes the choice away, once another page is on view.
 *
 * @param {Given} given
 */
export function showResume({ place, page, say, resume, restart }) {
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
    actions.replaceChildren(
      button(say("resume"), resume),
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
  place.prepend(region);
  return hide;
}

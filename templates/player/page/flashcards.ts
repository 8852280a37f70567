// Flashcards: a trainee recalls, turns the card, and says whether they knew. It is theirs alone:
// nothing is saved or sent, and it is gone with the visit.

import { button, el, focusOn } from "../dom/element.js";

/** @import {Page, Say} from "../types" */

/**
 * A run through cards: which of them, how far it is, and which were known.
 *
 * @typedef {{cards: number[], at: number, known: Set<number>}} Run
 */

/** @type {Map<string, Run>} By page and place on it, for as long as the course is open. */
const runs = new Map();

/**
 * @param {number} count
 * @returns {Run}
 */
const fresh = (count) => ({ cards: [...Array(count).keys()], at: 0, known: new Set() });

/**
 * The run after a card is said to be known, or not yet.
 *
 * @param {Run} run
 * @param {boolean} knew
 * @returns {Run}
 */
function marked({ cards, at, known }, knew) {
  const now = new Set(known);
  if (knew) now.add(cards[at]);
  else now.delete(cards[at]);
  return { cards, at: at + 1, known: now };
}

/**
 * Another run through the cards that were not known.
 *
 * @param {Run} run
 * @param {number} count
 * @returns {Run}
 */
const others = ({ known }, count) => ({
  cards: fresh(count).cards.filter((card) => !known.has(card)),
  at: 0,
  known,
});

/**
 * @param {HTMLElement} place
 * @param {{entry: Page, say: Say}} given
 */
export function mountFlashcards(place, { entry, say }) {
  const sets = [...document.querySelectorAll(".flashcards")];
  const name = `${entry.id} ${sets.indexOf(place)}`;
  const items = [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(".flashcard"))];
  let run = runs.get(name) ?? fresh(items.length);
  const cards = items.map((item, at) =>
    createCard(item, `${sets.indexOf(place) + 1}-${at + 1}`, say, (knew) => go(marked(run, knew))),
  );
  const result = createResult(say, {
    others: () => go(others(run, items.length)),
    again: () => go(fresh(items.length)),
  });
  place.firstElementChild?.after(el("p", { class: "flashcards-how" }, say("how")));
  place.append(result.element);
  place.classList.add("ready");

  /** @param {Run} next */
  function go(next) {
    run = next;
    runs.set(name, run);
    focusOn(show());
  }

  /** Shows where the run is, and gives what to read there. */
  function show() {
    for (const card of cards) card.hide();
    const { cards: asked, at, known } = run;
    const over = at >= asked.length;
    result.element.hidden = !over;
    return over
      ? result.show(known.size, items.length)
      : cards[asked[at]].show(at + 1, asked.length);
  }
  show();
}

/**
 * @param {HTMLElement} item
 * @param {string} name
 * @param {Say} say
 * @param {(knew: boolean) => void} mark
 */
function createCard(item, name, say, mark) {
  const [front, back] = /** @type {HTMLElement[]} */ ([...item.children]);
  const count = el("span", { class: "flashcard-count" });
  back.id = `flashcard-${name}`;
  const turn = button(say("turn"), () => show(turn.getAttribute("aria-expanded") === "false"), {
    "aria-controls": back.id,
  });
  front.prepend(count, " ");
  front.after(el("div", { class: "actions" }, turn));
  item.append(
    el(
      "div",
      { class: "actions flashcard-marks" },
      button(say("knew"), () => mark(true), { class: "plain" }),
      button(say("not_yet"), () => mark(false), { class: "plain" }),
    ),
  );

  /** @param {boolean} turned */
  function show(turned) {
    turn.setAttribute("aria-expanded", String(turned));
    // What to press next is below the back.
    turn.classList.toggle("plain", turned);
    item.toggleAttribute("data-turned", turned);
  }
  return {
    hide() {
      show(false);
      item.removeAttribute("data-shown");
    },
    /**
     * @param {number} n
     * @param {number} of
     */
    show(n, of) {
      count.textContent = say("card", { n, of });
      item.setAttribute("data-shown", "");
      return front;
    },
  };
}

/**
 * @param {Say} say
 * @param {{others(): void, again(): void}} acts
 */
function createResult(say, { others, again }) {
  const words = el("p");
  const rest = button(say("others"), others);
  const actions = el(
    "div",
    { class: "actions" },
    rest,
    button(say("again"), again, { class: "plain" }),
  );
  return {
    element: el("div", { class: "flashcards-result" }, words, actions),
    /**
     * @param {number} n
     * @param {number} of
     */
    show(n, of) {
      words.textContent = say("result", { n, of });
      rest.hidden = n === of;
      return words;
    },
  };
}

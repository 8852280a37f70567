// Flashcards: a trainee recalls, turns the card, and says whether they knew it. Nothing is saved or
// sent.

import { button, el, focusOn } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Page } from "../state/course.ts";

/** A run through the cards: which ones, the position, and which were known. */
type Run = { cards: number[]; at: number; known: Set<number> };

/** Runs by page and position on it, until the course is closed. */
const runs = new Map<string, Run>();

const fresh = (count: number): Run => ({
  cards: [...Array(count).keys()],
  at: 0,
  known: new Set(),
});

/** The run after a card was marked as known or not. */
function afterMark({ cards, at, known }: Run, knew: boolean): Run {
  const now = new Set(known);
  if (knew) now.add(cards[at]);
  else now.delete(cards[at]);
  return { cards, at: at + 1, known: now };
}

/** A new run through the cards that were not known. */
const remaining = ({ known }: Run, count: number): Run => ({
  cards: fresh(count).cards.filter((card) => !known.has(card)),
  at: 0,
  known,
});

export function mountFlashcards(place: HTMLElement, { entry, say }: { entry: Page; say: Say }) {
  const sets = [...document.querySelectorAll(".flashcards")];
  const name = `${entry.id} ${sets.indexOf(place)}`;
  const items = [...(place.querySelectorAll(".flashcard") as NodeListOf<HTMLElement>)];
  let run = runs.get(name) ?? fresh(items.length);
  const cards = items.map((item, at) =>
    createCard(item, `${sets.indexOf(place) + 1}-${at + 1}`, say, (knew) =>
      go(afterMark(run, knew)),
    ),
  );
  const result = createResult(say, {
    remaining: () => go(remaining(run, items.length)),
    again: () => go(fresh(items.length)),
  });
  place.firstElementChild?.after(el("p", { class: "flashcards-how" }, say("how")));
  place.append(result.element);
  place.classList.add("ready");

  function go(next: Run) {
    run = next;
    runs.set(name, run);
    focusOn(show());
  }

  /** Shows the current card or the result; returns the element to focus. */
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

function createCard(item: HTMLElement, name: string, say: Say, mark: (knew: boolean) => void) {
  const [front, back] = [...item.children] as HTMLElement[];
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

  function show(turned: boolean) {
    turn.setAttribute("aria-expanded", String(turned));
    // The next buttons are below the back of the card.
    turn.classList.toggle("plain", turned);
    item.toggleAttribute("data-turned", turned);
  }
  return {
    hide() {
      show(false);
      item.removeAttribute("data-shown");
    },
    show(n: number, of: number) {
      count.textContent = say("card", { n, of });
      item.setAttribute("data-shown", "");
      return front;
    },
  };
}

function createResult(say: Say, { remaining, again }: { remaining(): void; again(): void }) {
  const words = el("p");
  const rest = button(say("others"), remaining);
  const actions = el(
    "div",
    { class: "actions" },
    rest,
    button(say("again"), again, { class: "plain" }),
  );
  return {
    element: el("div", { class: "flashcards-result" }, words, actions),
    show(n: number, of: number) {
      words.textContent = say("result", { n, of });
      rest.hidden = n === of;
      return words;
    },
  };
}

// Sequencing: a list with buttons that move its items. A response is the ids of the items in their
// order.

import { button, el } from "../dom/element.ts";
import { FULL, share } from "../state/scoring.ts";
import { feedbackList, mark, noneRight, together } from "./each.ts";
import type { Behaviour, Order } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";

type Sequencing = Question<{ right: string[]; credit: "all" | "partial" }>;

const listOf = (form: HTMLFormElement) => form.querySelector(".sequence") as HTMLElement;
const rowsOf = (form: HTMLFormElement) => [...listOf(form).children] as HTMLElement[];

const read = (form: HTMLFormElement) =>
  rowsOf(form)
    .map((row) => row.dataset.id)
    .join("");

// The initial order of each form.
const starts = new WeakMap<HTMLFormElement, string[]>();

// Forms in which an item has been moved: an untouched order is not an answer.
const touched = new WeakSet<HTMLFormElement>();

/** The initial order: one of this trainee's own, but never the right one. */
export function startOrder(right: string[], order: Order) {
  const ids = order(right, (id) => id);
  return ids.every((id, at) => id === right[at]) ? [...ids.slice(1), ids[0]] : ids;
}

/** The items in the order of a response. Items that no longer exist are left out. */
const ordered = ({ options }: Sequencing, response: string) =>
  [...response].flatMap((id) => options.filter((option) => option.id === id));

/** Number of items in their right place. */
const placed = (question: Sequencing, response: string) =>
  ordered(question, response).filter(({ id }, at) => id === question.answer.right[at]).length;

function arrange(form: HTMLFormElement, ids: string[]) {
  const rows = rowsOf(form);
  const wanted = [...ids, ...(starts.get(form) ?? [])];
  const placed = wanted.flatMap((id) => rows.filter((row) => row.dataset.id === id));
  listOf(form).append(...new Set(placed));
  showEnds(form);
}

// The first item cannot move up, nor the last one down. Such a button is hidden but keeps its
// space, so that the other button does not move under the finger.
function showEnds(form: HTMLFormElement) {
  const rows = rowsOf(form);
  rows.forEach((row, at) => {
    const [up, down] = row.querySelectorAll("button");
    up.classList.toggle("at-end", at === 0);
    down.classList.toggle("at-end", at === rows.length - 1);
  });
}

const usable = (place: HTMLElement): HTMLButtonElement | null =>
  place.querySelector("button:not(.at-end)");

export const sequencing: Behaviour<Sequencing> = {
  mount(form, { options, answer }, { say, order, keep }) {
    const status = el("p", { class: "moved", role: "status" });
    listOf(form).after(status);
    const textOf = (row: HTMLElement) =>
      options.find(({ id }) => id === row.dataset.id)?.text ?? "";

    function move(row: HTMLElement, step: number, pressed: Element) {
      const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      // Move the neighbour, so that the pressed button keeps the focus.
      if (step < 0) row.after(other);
      else row.before(other);
      showEnds(form);
      if (pressed.matches(".at-end")) usable(row)?.focus();
      touched.add(form);
      const n = rowsOf(form).indexOf(row) + 1;
      const item = textOf(row);
      status.textContent = say("moved", { item, n, of: options.length });
      listOf(form).dispatchEvent(new Event("change", { bubbles: true }));
      keep(read(form), true);
    }

    for (const row of rowsOf(form)) {
      const text = textOf(row);
      const mover = (words: string, step: number) =>
        button(words, (event) => move(row, step, event.currentTarget as Element), {
          class: "plain",
          "aria-label": `${words}: ${text}`,
        });
      row.append(
        el("div", { class: "moves" }, mover(say("move_up"), -1), mover(say("move_down"), 1)),
      );
    }
    starts.set(form, startOrder(answer.right, order));
    arrange(form, []);
  },
  read,
  restore(form, response) {
    if (response) touched.add(form);
    arrange(form, [...response]);
  },
  /** The order stays: items in their place need not be moved again. */
  clear(form) {
    touched.delete(form);
    form.querySelector(".moved")?.replaceChildren();
  },
  first: (form) => usable(listOf(form)),
  problem(form, question, say) {
    if (touched.has(form)) return null;
    const control = usable(listOf(form)) as HTMLElement;
    return { controls: [control], words: say("move_first") };
  },
  /** With partial credit, each item in its place earns the same share. */
  credit(question, response) {
    const { right, credit } = question.answer;
    const good = placed(question, response);
    if (credit === "partial") return share(good, right.length);
    return good === right.length ? FULL : 0;
  },
  reported: (question, response) => [
    {
      part: "",
      response: ordered(question, response)
        .map(({ id }) => id)
        .join(","),
    },
  ],
  describe: (question, response) =>
    ordered(question, response)
      .map(({ text }, at) => `${at + 1}. ${text}`)
      .join("; "),
  marks: (question, response, say) =>
    together(
      ordered(question, response).map(({ id, text }, at) => {
        const { right } = question.answer;
        const place = right.indexOf(id) + 1;
        const instead = place === at + 1 ? "" : say("right_place", { n: place });
        return { row: id, text: `${at + 1}. ${text}`, ...mark(!instead), instead };
      }),
      !placed(question, response),
    ),
  parts: (question, response) => [placed(question, response), question.answer.right.length],
  feedback: (question, response, say) => [
    noneRight(!placed(question, response), say),
    feedbackList(
      ordered(question, response)
        .filter(({ id }, at) => id !== question.answer.right[at])
        .map(({ text, feedback }) => ({ words: text, feedback })),
    ),
  ],
};

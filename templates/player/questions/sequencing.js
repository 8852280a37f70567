// A list with buttons that move its items. A response is the ids of the items in their order.

import { button, el } from "../dom/element.js";
import { FULL, share } from "../state/scoring.js";
import { each } from "./each.js";

const listOf = (form) => form.querySelector(".sequence");
const rowsOf = (form) => [...listOf(form).children];

// The order that each form started from.
const starts = new WeakMap();

/** The order that a trainee starts from: one of their own, but never the right one. */
export function startOrder(right, order) {
  const ids = order(right, (id) => id);
  return ids.every((id, at) => id === right[at]) ? [...ids.slice(1), ids[0]] : ids;
}

/** The items of a response in its order; one that is there no longer is left out. */
const ordered = ({ options }, response) =>
  [...response].map((id) => options.find((option) => option.id === id)).filter(Boolean);

function arrange(form, ids) {
  const rows = new Map(rowsOf(form).map((row) => [row.dataset.id, row]));
  listOf(form).append(...new Set([...ids, ...starts.get(form)].map((id) => rows.get(id)).filter(Boolean)));
  showEnds(form);
}

// The first cannot move up, nor the last down. Such a button is out of sight and out of reach, and
// keeps its room, so that the other one stays under the finger.
function showEnds(form) {
  const rows = rowsOf(form);
  rows.forEach((row, at) => {
    const [up, down] = row.querySelectorAll("button");
    up.classList.toggle("at-end", at === 0);
    down.classList.toggle("at-end", at === rows.length - 1);
  });
}

const usable = (place) => place.querySelector("button:not(.at-end)");

/** A type of question, as choice.js describes it. */
export const sequencing = {
  mount(form, { options, answer }, { say, order, keep }) {
    const status = el("p", { class: "moved", role: "status" });
    listOf(form).after(status);

    function move(row, step, pressed) {
      const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
      // It is the other one that moves, so that the focus stays where it is.
      if (step < 0) row.after(other);
      else row.before(other);
      showEnds(form);
      if (pressed.matches(".at-end")) usable(row).focus();
      const n = rowsOf(form).indexOf(row) + 1;
      const item = options.find(({ id }) => id === row.dataset.id).text;
      status.textContent = say("moved", { item, n, of: options.length });
      listOf(form).dispatchEvent(new Event("change", { bubbles: true }));
      keep(sequencing.read(form), true);
    }

    for (const row of rowsOf(form)) {
      const { text } = options.find(({ id }) => id === row.dataset.id);
      const mover = (words, step) =>
        button(words, (event) => move(row, step, event.currentTarget), {
          class: "plain", "aria-label": `${words}: ${text}`,
        });
      row.append(el("div", { class: "moves" }, mover(say("move_up"), -1), mover(say("move_down"), 1)));
    }
    starts.set(form, startOrder(answer.right, order));
    arrange(form, []);
  },
  read: (form) => rowsOf(form).map((row) => row.dataset.id).join(""),
  restore: (form, response) => arrange(form, [...response]),
  clear(form) {
    form.querySelector(".moved").textContent = "";
    arrange(form, []);
  },
  first: (form) => usable(listOf(form)),
  /** Each item in its own place earns the same share, or all of them together everything. */
  credit(question, response) {
    const { right, credit } = question.answer;
    const placed = ordered(question, response).filter(({ id }, at) => id === right[at]).length;
    if (credit === "partial") return share(placed, right.length);
    return placed === right.length ? FULL : 0;
  },
  reported: (question, response) => [
    { part: "", response: ordered(question, response).map(({ id }) => id).join(",") },
  ],
  describe: (question, response) =>
    ordered(question, response).map(({ text }, at) => `${at + 1}. ${text}`).join("; "),
  feedback: (question, response, say) => [
    each(ordered(question, response).map((option, at) => ({
      words: `${at + 1}. ${option.text}`, right: option.id === question.answer.right[at], feedback: option.feedback,
    })), say("correct"), say("not_quite")),
  ],
};

// Matching: a select for each item. A response is pairs of the item's id and the option's id.

import { FULL, share } from "../state/scoring.ts";
import { feedbackList, mark, noneRight, together } from "./each.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Choice, Question } from "../state/question.ts";

/** `right` maps items to options. */
type Answer = { right: Record<string, string>; credit: "all" | "partial" };
type Matching = Question<Answer>;
type Pair = { item: Choice; option: Choice };

const selects = (form: HTMLFormElement) => [
  ...(form.querySelectorAll("select[data-item]") as NodeListOf<HTMLSelectElement>),
];
const read = (response: string) =>
  new Map((response.match(/../g) ?? []).map(([item, option]) => [item, option] as const));

/** The answered items with their options. Options that no longer exist are left out. */
function pairs({ items, options }: Matching, response: string): Pair[] {
  const chosen = read(response);
  return items.flatMap((item) => {
    const option = options.find(({ id }) => id === chosen.get(item.id));
    return option ? [{ item, option }] : [];
  });
}

const isRight = ({ answer }: Matching, { item, option }: Pair) =>
  answer.right[item.id] === option.id;
const rightOnes = (question: Matching, response: string) =>
  pairs(question, response).filter((pair) => isRight(question, pair)).length;
const isNone = (question: Matching, response: string) =>
  question.items.length > 1 && !rightOnes(question, response);
const rightFor = ({ options, answer }: Matching, { id }: Choice) =>
  options.find((option) => option.id === answer.right[id])?.text ?? "";
const inWords = ({ item, option }: Pair) => `${item.text} – ${option.text}`;

export const matching: Behaviour<Matching> = {
  mount(form, question, given) {
    form.addEventListener("change", () =>
      given.keep(matching.read(form, question, given.say), true),
    );
  },
  read: (form) =>
    selects(form)
      .map(({ dataset, value }) => value && `${dataset.item}${value}`)
      .join(""),
  restore(form, response) {
    const chosen = read(response);
    for (const select of selects(form)) select.value = chosen.get(select.dataset.item ?? "") ?? "";
  },
  /** Right pairs stay. */
  clear(form, { answer: { right } }) {
    for (const select of selects(form)) {
      if (select.value !== right[select.dataset.item ?? ""]) select.value = "";
    }
  },
  first: (form) => selects(form).find(({ value }) => !value) ?? selects(form)[0] ?? null,
  problem(form, question, say) {
    const controls = selects(form).filter(({ value }) => !value);
    return controls.length ? { controls, words: say("match_each") } : null;
  },
  /** With partial credit, each right pair earns the same share. */
  credit(question, response) {
    const right = rightOnes(question, response);
    const { length } = question.items;
    if (question.answer.credit === "partial") return share(right, length);
    return right === length ? FULL : 0;
  },
  reported: (question, response) => [
    {
      part: "",
      response: pairs(question, response)
        .map(({ item, option }) => `${item.id}.${option.id}`)
        .join(","),
    },
  ],
  describe: (question, response) => pairs(question, response).map(inWords).join("; "),
  marks: (question, response, say) =>
    together(
      pairs(question, response).map((pair) => {
        const right = isRight(question, pair);
        const instead = right ? "" : say("right_is", { answer: rightFor(question, pair.item) });
        const { id } = pair.item;
        return { row: id, text: inWords(pair), ...mark(right), instead };
      }),
      isNone(question, response),
    ),
  parts: (question, response) => [rightOnes(question, response), question.items.length],
  feedback: (question, response, say) => [
    noneRight(isNone(question, response), say),
    feedbackList(
      pairs(question, response)
        .filter((pair) => !isRight(question, pair))
        .map(({ item: { text, feedback } }) => ({ words: text, feedback })),
    ),
  ],
};

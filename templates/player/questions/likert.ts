// Radio buttons for each statement, or for one. A response is the id of each statement and that of
// its answer, in pairs; with one statement, the prompt, it is the id of the answer.

import type { Behaviour } from "../state/behaviour.ts";
import type { Choice, Question } from "../state/question.ts";

const scales = (form: HTMLFormElement) => [
  ...(form.querySelectorAll(".scale") as NodeListOf<HTMLElement>),
];
const inputs = (scale: HTMLElement): HTMLInputElement[] => [...scale.querySelectorAll("input")];
const chosen = (scale: HTMLElement) => inputs(scale).find((input) => input.checked)?.value ?? "";

/** {item, option} of each answer; what is there no longer is left out. */
function answers(
  { items, options }: Question,
  response: string,
): { item: Choice | null; option: Choice }[] {
  const pairs = items.length ? (response.match(/../g) ?? []) : [` ${response}`];
  return pairs.flatMap(([itemId, optionId]) => {
    const item = items.length ? items.find(({ id }) => id === itemId) : null;
    const option = options.find(({ id }) => id === optionId);
    return item === undefined || !option ? [] : [{ item, option }];
  });
}

/** A type of question, as choice.ts describes it. */
export const likert: Behaviour = {
  mount(form, question, given) {
    if (question.items.length)
      form.addEventListener("change", () =>
        given.keep(likert.read(form, question, given.say), true),
      );
  },
  read(form, { items }) {
    const options = scales(form).map(chosen);
    return options.map((option, at) => option && (items[at]?.id ?? "") + option).join("");
  },
  restore(form, response, question) {
    const pairs = answers(question, response);
    scales(form).forEach((scale, at) => {
      const item = question.items[at] ?? null;
      const answer = pairs.find((pair) => pair.item === item);
      for (const input of inputs(scale)) input.checked = input.value === answer?.option.id;
    });
  },
  clear(form) {
    for (const input of scales(form).flatMap(inputs)) input.checked = false;
  },
  first: (form) => inputs(form)[0] ?? null,
  problem(form, { items }, say) {
    const open = items.length ? scales(form).filter((scale) => !chosen(scale)) : [];
    return open.length ? { controls: open.flatMap(inputs), words: say("answer_each") } : null;
  },
  credit: () => 0,
  reported: (question, response) =>
    answers(question, response).map(({ item, option }) => ({
      part: item?.id ?? "",
      response: option.id,
    })),
  describe: (question, response) =>
    answers(question, response)
      .map(({ item, option }) => (item ? `${item.text} – ${option.text}` : option.text))
      .join("; "),
  /** The course's words to each chosen point of the scale, once. */
  feedback: (question, response) => [
    ...new Set(answers(question, response).map(({ option }) => option.feedback)),
  ],
};

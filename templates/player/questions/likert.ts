// Likert: radio buttons for each statement, or for the prompt. A response is pairs of the
// statement's id and the option's id; without statements, the option's id.

import type { Behaviour } from "../state/behaviour.ts";
import type { Choice, Question } from "../state/question.ts";

const scales = (form: HTMLFormElement) => [
  ...(form.querySelectorAll(".scale") as NodeListOf<HTMLElement>),
];
const inputs = (scale: HTMLElement): HTMLInputElement[] => [...scale.querySelectorAll("input")];
const chosen = (scale: HTMLElement) => inputs(scale).find((input) => input.checked)?.value ?? "";

/** The answered statements with their options. Options that no longer exist are left out. */
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
  /** Feedback on each chosen option, once. */
  feedback: (question, response) => [
    ...new Set(answers(question, response).map(({ option }) => option.feedback)),
  ],
};

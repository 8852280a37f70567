// Radio buttons for each statement, or for one. A response is the id of each statement and that of
// its answer, in pairs; with one statement, the prompt, it is the id of the answer.

const scales = (form) => [...form.querySelectorAll(".scale")];
const inputs = (scale) => [...scale.querySelectorAll("input")];
const chosen = (scale) => inputs(scale).find((input) => input.checked)?.value ?? "";

/** {item, option} of each answer; what is there no longer is left out. */
function answers({ items, options }, response) {
  const find = (list, id) => list.find((one) => one.id === id);
  const pairs = items.length ? response.match(/../g) ?? [] : [` ${response}`];
  return pairs
    .map(([item, option]) => ({ item: items.length ? find(items, item) : null, option: find(options, option) }))
    .filter(({ item, option }) => item !== undefined && option);
}

/** A type of question, as choice.js describes it. */
export const likert = {
  mount(form, question, given) {
    if (question.items.length) form.addEventListener("change", () => given.keep(likert.read(form, question), true));
  },
  read(form, { items }) {
    const given = scales(form).map(chosen);
    return given.map((option, at) => option && (items[at]?.id ?? "") + option).join("");
  },
  restore(form, response, question) {
    const given = answers(question, response);
    scales(form).forEach((scale, at) => {
      const item = question.items[at] ?? null;
      const answer = given.find((one) => one.item === item);
      for (const input of inputs(scale)) input.checked = input.value === answer?.option.id;
    });
  },
  clear(form) {
    for (const input of scales(form).flatMap(inputs)) input.checked = false;
  },
  first: (form) => inputs(form)[0],
  problem(form, { items }, say) {
    const open = items.length ? scales(form).filter((scale) => !chosen(scale)) : [];
    return open.length ? { controls: open.flatMap(inputs), words: say("answer_each") } : null;
  },
  credit: () => 0,
  reported: (question, response) =>
    answers(question, response).map(({ item, option }) => ({ part: item?.id ?? "", response: option.id })),
  describe: (question, response) =>
    answers(question, response).map(({ item, option }) => (item ? `${item.text} – ${option.text}` : option.text)).join("; "),
  /** What the course says to each chosen point of the scale, once. */
  feedback: (question, response) => [...new Set(answers(question, response).map(({ option }) => option.feedback))],
};

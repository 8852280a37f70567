// What makes a page work: practice questions, and what its parts of the player bring.

import { mountCheck } from "./check.js";

/**
 * One row a component: where it is in a page, and how it starts. It may give a function that puts
 * away what it holds back; that runs whenever the page is left or hidden.
 */
const COMPONENTS = [
  {
    name: "check",
    selector: "form[data-question]",
    mount(form, { entry, data, behaviourOf, ...rest }) {
      const question = data.questions[form.getAttribute("data-question")];
      return mountCheck({ form, page: entry, question, behaviour: behaviourOf(question), ...rest });
    },
  },
];

/**
 * Start every component in an article, those of the `parts` that have arrived included; a part has
 * the columns of COMPONENTS too. Gives a function that lets them put away what they hold. Each runs
 * inside `guard`, so that a fault in one leaves the others working.
 */
export function mountComponents(article, parts, given, guard) {
  const found = [...COMPONENTS, ...parts].flatMap(({ name, selector, mount }) =>
    [...article.querySelectorAll(selector)].map((element) => ({ name, mount, element })));
  const settle = found.map(({ name, mount, element }) => [name, guard(name, () => mount(element, given))]);
  return () => {
    for (const [name, act] of settle) if (act) guard(name, act);
  };
}

// True or false: two buttons in practice, where one press answers; radio buttons in a quiz.

import { choice, type ChoiceQuestion } from "./choice.ts";
import type { Behaviour } from "../state/behaviour.ts";

const buttons = (form: HTMLElement) => [
  ...(form.querySelectorAll(".presses button") as NodeListOf<HTMLButtonElement>),
];

/** Shows which button is pressed. */
function press(form: HTMLElement, response: string) {
  for (const one of buttons(form)) {
    if (one.value === response) one.setAttribute("aria-pressed", "true");
    else one.removeAttribute("aria-pressed");
  }
}

export const trueFalse: Behaviour<ChoiceQuestion> = {
  ...choice,
  // The form reads the answer after this.
  mount(form) {
    for (const one of buttons(form)) one.addEventListener("click", () => press(form, one.value));
  },
  read: (form, question, say) =>
    buttons(form).find((one) => one.hasAttribute("aria-pressed"))?.value ??
    choice.read(form, question, say),
  restore(form, response, question, say) {
    choice.restore(form, response, question, say);
    press(form, response);
  },
  clear(form, question, response) {
    choice.clear(form, question, response);
    press(form, "");
  },
  first: (form) => buttons(form)[0] ?? choice.first(form),
};

// Shows why an answer cannot be accepted: a summary before the question, and a message at its
// controls.

import { el, focusOn } from "../dom/element.ts";
import { updateErrorTitle } from "./error-title.ts";
import type { Say } from "../dom/words.ts";
import type { Problem } from "../state/behaviour.ts";

interface Given {
  form: HTMLFormElement;
  /** Id of the question. */
  id: string;
  /** The element with the question's controls. */
  answer: HTMLElement;
  say: Say;
}

/** Shows one problem at a time, until it is cleared. */
export function createAnswerError({ form, id: name, answer, say }: Given) {
  const id = `${name}-error`;
  let marked: { control: Element; described: string | null }[] = [];

  function show({ controls, words }: Problem) {
    // The link of the summary needs an id, which a button that moves an item does not have.
    if (controls[0]) controls[0].id ||= `${name}-first`;
    const summary = summaryOf(controls[0] as HTMLElement | undefined, words, id, say);
    // Not form.before(), because a control's name can hide a method of the form.
    answer.before(summary);
    answer.querySelector(".prompt")?.after(el("p", { class: "error-message", id }, words));
    marked = controls.map((control) => ({
      control,
      described: control.getAttribute("aria-describedby"),
    }));
    for (const { control, described } of marked) {
      if (!control.matches("button")) control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", described ? `${id} ${described}` : id);
    }
    updateErrorTitle(say);
    focusOn(summary);
  }

  function clear() {
    const summary = form.querySelector(".error-summary");
    if (!summary) return;
    summary.remove();
    form.querySelector(".error-message")?.remove();
    for (const { control, described } of marked) {
      control.removeAttribute("aria-invalid");
      if (described) control.setAttribute("aria-describedby", described);
      else control.removeAttribute("aria-describedby");
    }
    marked = [];
    updateErrorTitle(say);
  }

  return { show, clear };
}

/** The message as a link to its first control. */
function summaryOf(first: HTMLElement | undefined, words: string, id: string, say: Say) {
  const link = el("a", { href: `#${first?.id}` }, words);
  link.onclick = (event) => {
    event.preventDefault();
    first?.focus();
  };
  // The same heading level as the question's.
  const title = el("h2", { id: `${id}-summary` }, say("problem"));
  return el(
    "div",
    { class: "error-summary", role: "group", "aria-labelledby": title.id },
    title,
    el("ul", {}, el("li", {}, link)),
  );
}

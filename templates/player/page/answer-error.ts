// An answer that cannot be taken: a summary before the question, and words at its controls.

import { el, focusOn } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";
import type { Problem } from "../state/behaviour.ts";

interface Given {
  form: HTMLFormElement;
  /** Of the question. */
  id: string;
  /** The element with the question's controls. */
  answer: HTMLElement;
  say: Say;
}

/** Shows one problem at a time, until it is cleared. */
export function createAnswerError({ form, id: name, answer, say }: Given) {
  const prefix = say("error_prefix");
  const id = `${name}-error`;
  let marked: { control: Element; described: string | null }[] = [];

  function show({ controls, words }: Problem) {
    // A button that moves an item has no id of its own, and the link needs one to lead to.
    if (controls[0]) controls[0].id ||= `${name}-first`;
    const summary = summaryOf(controls[0] as HTMLElement | undefined, words, id, say);
    // Not by the form: a control's name can hide its methods.
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
    if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
    focusOn(summary);
  }

  function clear() {
    const summary = form.querySelector(".error-summary");
    if (!summary) return;
    summary.remove();
    if (!document.querySelector(".error-summary"))
      document.title = document.title.slice(prefix.length);
    form.querySelector(".error-message")?.remove();
    for (const { control, described } of marked) {
      control.removeAttribute("aria-invalid");
      if (described) control.setAttribute("aria-describedby", described);
      else control.removeAttribute("aria-describedby");
    }
    marked = [];
  }

  return { show, clear };
}

/** The words of a problem as a link to its first control. */
function summaryOf(first: HTMLElement | undefined, words: string, id: string, say: Say) {
  const link = el("a", { href: `#${first?.id}` }, words);
  link.onclick = (event) => {
    event.preventDefault();
    first?.focus();
  };
  // As a question's own, before which it stands.
  const title = el("h2", { id: `${id}-summary` }, say("problem"));
  return el(
    "div",
    { class: "error-summary", role: "group", "aria-labelledby": title.id },
    title,
    el("ul", {}, el("li", {}, link)),
  );
}

// Shows the definition of a glossary term in the sentence, by a button.

import { el, html } from "../dom/element.ts";
import type { Say } from "../dom/words.ts";

// Elements that cannot contain a button. In a heading, it would be read with the outline.
const NOT_IN = "h1, h2, h3, h4, h5, h6, summary, label, legend, button";
let panels = 0;

/**
 * Turns the link of a term into a disclosure button (WCAG 1.4.13: nothing depends on hovering). The
 * definition is in the page or in its glossary. The list of terms at the end of the page is for
 * printing and for browsers without script, so it is hidden.
 */
export function mountTerm(element: HTMLElement, { say }: { say: Say }) {
  if (element.matches(".terms")) element.classList.add("closed");
  else if (!element.closest(NOT_IN)) disclose(element, say);
}

function disclose(link: HTMLElement, say: Say) {
  const definition = document.querySelector(`[data-definition~="${link.dataset.term}"]`);
  panels += 1;
  const panel = el(
    "span",
    { class: "definition", id: `definition-${panels}`, hidden: true },
    html("span", {}, definition?.querySelector("dd")?.innerHTML ?? ""),
    " ",
    el(
      "a",
      { href: link.getAttribute("href") },
      say("in_glossary", { term: link.textContent ?? "" }),
    ),
  );
  const control = el("button", {
    type: "button",
    class: "term",
    id: link.id || null,
    "aria-expanded": "false",
    "aria-controls": panel.id,
    onclick() {
      panel.hidden = !panel.hidden;
      control.setAttribute("aria-expanded", String(!panel.hidden));
    },
  });
  const focused = link === document.activeElement;
  control.append(...link.childNodes);
  link.replaceWith(control, panel);
  if (focused) control.focus();
}

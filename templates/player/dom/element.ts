// Building HTML elements.

/** Attributes of an element: a false or null one is left out, `on…` is a listener. */
export type Attributes = Record<
  string,
  string | number | boolean | null | undefined | ((event: Event) => void)
>;

/**
 * An element with attributes (a false or null one is left out, `on…` is a listener) and children,
 * elements or text.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button with its words and what it does. */
export const button = (words: string, act: (event: Event) => void, attributes: Attributes = {}) =>
  el("button", { type: "button", onclick: act, ...attributes }, words);

/** An element whose inside is HTML made by the builder, never by the trainee or the LMS. */
export function html<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  source: string,
) {
  const made = el(tag, attributes);
  made.innerHTML = source;
  return made;
}

/** The nodes of such HTML. */
export const fragment = (source: string) => html("template", {}, source).content;

/** Remove an element; a focus in it goes to the heading of the view. */
export function removeFocused(element: Element) {
  const focused = element.contains(document.activeElement);
  element.remove();
  if (focused) focusOn(document.querySelector("main h1"));
}

/** Move the focus to something that is not a control, such as a heading. */
export function focusOn(element: HTMLElement | null | undefined) {
  if (!element) return;
  if (!element.matches("a[href], button, input, textarea, select")) element.tabIndex = -1;
  element.focus();
}

/**
 * Open what an element is hidden in: `details` by themselves, everything else by its own listener
 * for “uncover”, which is told before the element is shown.
 */
export function uncover(element: Element) {
  let details = element.closest("details");
  for (; details; details = details.parentElement?.closest("details") ?? null) details.open = true;
  element.dispatchEvent(new Event("uncover", { bubbles: true }));
}

/** Escape in a panel, or on the way there from the row of its button, closes the panel. */
export function closeOnEscape(toggle: HTMLElement, panel: HTMLElement, close: () => void) {
  const pressed = ({ key }: KeyboardEvent) => {
    if (key === "Escape" && !panel.hidden) close();
  };
  for (const place of [toggle.parentElement, panel]) place?.addEventListener("keydown", pressed);
}

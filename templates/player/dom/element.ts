// Builds HTML elements and moves the focus.

/** Attributes of an element; false, null and undefined ones are left out; `on…` is a listener. */
export type Attributes = Record<
  string,
  string | number | boolean | null | undefined | ((event: Event) => void)
>;

/** Creates an element with attributes and children. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if ((value ?? false) !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const button = (words: string, act: (event: Event) => void, attributes: Attributes = {}) =>
  el("button", { type: "button", onclick: act, ...attributes }, words);

/** Creates an element from HTML of the builder. Never pass text of the trainee or the LMS. */
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

/** Removes an element. If it had the focus, that moves to the heading of the view. */
export function removeFocused(element: Element) {
  const focused = element.contains(document.activeElement);
  element.remove();
  if (focused) focusOn(document.querySelector("main h1"));
}

/**
 * Moves the focus to an element; one that is not a control, such as a heading, is made focusable.
 */
export function focusOn(element: HTMLElement | null | undefined) {
  if (!element) return;
  if (!element.matches("a[href], button, input, textarea, select")) element.tabIndex = -1;
  element.focus();
}

/**
 * Opens whatever hides an element: `details` directly, and other blocks by an “uncover” event, to
 * which they listen.
 */
export function uncover(element: Element) {
  let details = element.closest("details");
  for (; details; details = details.parentElement?.closest("details") ?? null) details.open = true;
  element.dispatchEvent(new Event("uncover", { bubbles: true }));
}

/** Closes a panel on Escape, pressed in it or in the row of its button. */
export function closeOnEscape(toggle: HTMLElement, panel: HTMLElement, close: () => void) {
  const pressed = ({ key }: KeyboardEvent) => {
    if (key === "Escape" && !panel.hidden) close();
  };
  for (const place of [toggle.parentElement, panel]) place?.addEventListener("keydown", pressed);
}

/**
 * Closes a panel over the page when the trainee focuses or presses something outside it. `around`
 * is its button, or what contains all that Tab reaches between the button and the panel.
 */
export function closeWhenLeft(around: Element | null, panel: HTMLElement, close: () => void) {
  const outside = (target: EventTarget | null) =>
    target instanceof Node && !panel.contains(target) && !around?.contains(target);
  for (const type of ["focusin", "pointerdown"]) {
    document.addEventListener(type, ({ target }) => {
      if (!panel.hidden && outside(target)) close();
    });
  }
}

// Building HTML elements.

/**
 * An element with attributes (a false or null one is left out, `on…` is a listener) and children,
 * elements or text.
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button with its words and what it does. */
export const button = (words, act, attributes = {}) =>
  el("button", { type: "button", onclick: act, ...attributes }, words);

/** An element whose inside is HTML made by the builder, never by the trainee or the LMS. */
export function html(tag, attributes, source) {
  const made = el(tag, attributes);
  made.innerHTML = source;
  return made;
}

/** The nodes of such HTML. */
export const fragment = (source) => html("template", {}, source).content;

/** Remove an element; a focus in it goes to the heading of the view. */
export function removeFocused(element) {
  const focused = element.contains(document.activeElement);
  element.remove();
  if (focused) focusOn(document.querySelector("main h1"));
}

/** Move the focus to something that is not a control, such as a heading. */
export function focusOn(element) {
  if (!element) return;
  if (!element.matches("a[href], button, input, textarea, select")) element.tabIndex = -1;
  element.focus();
}

/**
 * Open what an element is hidden in: `details` by themselves, everything else by its own listener
 * for “uncover”, which is told before the element is shown.
 */
export function uncover(element) {
  for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  element.dispatchEvent(new Event("uncover", { bubbles: true }));
}

/** Escape in a panel, or on the way there from the row of its button, closes the panel. */
export function closeOnEscape(toggle, panel, close) {
  const pressed = ({ key }) => {
    if (key === "Escape" && !panel.hidden) close();
  };
  for (const place of [toggle.parentNode, panel]) place.addEventListener("keydown", pressed);
}

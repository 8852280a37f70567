// Building HTML elements.

/** @import {Attributes} from "../types" */

/**
 * An element with attributes (a false or null one is left out, `on…` is a listener) and children,
 * elements or text.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
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

/**
 * A button with its words and what it does.
 *
 * @param {string} words
 * @param {(event: Event) => void} act
 * @param {Attributes} [attributes]
 */
export const button = (words, act, attributes = {}) =>
  el("button", { type: "button", onclick: act, ...attributes }, words);

/**
 * An element whose inside is HTML made by the builder, never by the trainee or the LMS.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {string} source
 */
export function html(tag, attributes, source) {
  const made = el(tag, attributes);
  made.innerHTML = source;
  return made;
}

/**
 * The nodes of such HTML.
 *
 * @param {string} source
 */
export const fragment = (source) => html("template", {}, source).content;

/**
 * Remove an element; a focus in it goes to the heading of the view.
 *
 * @param {Element} element
 */
export function removeFocused(element) {
  const focused = element.contains(document.activeElement);
  element.remove();
  if (focused) focusOn(document.querySelector("main h1"));
}

/**
 * Move the focus to something that is not a control, such as a heading.
 *
 * @param {HTMLElement | null | undefined} element
 */
export function focusOn(element) {
  if (!element) return;
  if (!element.matches("a[href], button, input, textarea, select")) element.tabIndex = -1;
  element.focus();
}

/**
 * Open what an element is hidden in: `details` by themselves, everything else by its own listener
 * for “uncover”, which is told before the element is shown.
 *
 * @param {Element} element
 */
export function uncover(element) {
  let details = element.closest("details");
  for (; details; details = details.parentElement?.closest("details") ?? null) details.open = true;
  element.dispatchEvent(new Event("uncover", { bubbles: true }));
}

/**
 * Escape in a panel, or on the way there from the row of its button, closes the panel.
 *
 * @param {HTMLElement} toggle
 * @param {HTMLElement} panel
 * @param {() => void} close
 */
export function closeOnEscape(toggle, panel, close) {
  /** @param {KeyboardEvent} event */
  const pressed = ({ key }) => {
    if (key === "Escape" && !panel.hidden) close();
  };
  for (const place of [toggle.parentElement, panel]) place?.addEventListener("keydown", pressed);
}

// Elements of the author's window.

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {{[kind: string]: (event: Event) => unknown}} Listeners */
/** @typedef {{on?: Listeners} & {[name: string]: unknown}} Given */

/**
 * An element with these properties and attributes, and with these children, but for those that are
 * nothing. `on` holds what is called by the names of events.
 *
 * @param {string} name
 * @param {Given} [given]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function el(name, { on = {}, ...given } = {}, ...children) {
  const element = document.createElement(name);
  for (const [kind, act] of Object.entries(on)) element.addEventListener(kind, act);
  for (const [key, value] of Object.entries(given)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(key, String(value));
  }
  element.append(
    ...children
      .flat()
      .filter((child) => child || child === "")
      .map((child) => /** @type {Node | string} */ (child)),
  );
  return element;
}

/** The element of this id, which the page has. @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id */
export const select = (id) => /** @type {HTMLSelectElement} */ (byId(id));

/**
 * A button.
 *
 * @param {string} words
 * @param {() => unknown} act
 * @param {Given} [given]
 */
export const button = (words, act, given = {}) =>
  el("button", { type: "button", ...given, on: { click: act } }, words);

/**
 * A part of the panel, with its heading.
 *
 * @param {string} title
 * @param {...(Child | Child[])} children
 */
export const part = (title, ...children) =>
  el("section", { class: "part" }, el("h2", {}, title), ...children);

/**
 * A part of the panel with boxes to tick.
 *
 * @param {string} title
 * @param {...(Child | Child[])} children
 */
export const choices = (title, ...children) =>
  el("fieldset", { class: "part" }, el("legend", {}, el("h2", {}, title)), ...children);

/** Rows of names and what they are. @param {[string, Child][]} rows */
export const rows = (rows) =>
  el(
    "dl",
    {},
    rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value || "–")]),
  );

/** How many of something. @param {number} number @param {string} one @param {string} [more] */
export const count = (number, one, more = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : more}`;

/**
 * Makes an element like a fresh one. What is the same stays, with the focus in it, and so does what
 * was opened.
 *
 * @param {ChildNode} old
 * @param {ChildNode} fresh
 */
export function become(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (!(old instanceof Element && fresh instanceof Element && old.nodeName === fresh.nodeName))
    return old.replaceWith(fresh);
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  for (const [at, child] of after.entries()) {
    if (before[at]) become(before[at], child);
    else old.append(child);
  }
  for (const gone of before.slice(after.length)) gone.remove();
}

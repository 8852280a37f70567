// Elements of the author's window.

type Child = Node | string | null | undefined | false;
type Listeners = { [kind: string]: (event: Event) => unknown };
type Given = { on?: Listeners } & { [name: string]: unknown };

/**
 * An element with these properties and attributes, and with these children, but for those that are
 * nothing. `on` holds what is called by the names of events.
 */
export function el(
  name: string,
  { on = {}, ...given }: Given = {},
  ...children: (Child | Child[])[]
): HTMLElement {
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
      .map((child) => child as Node | string),
  );
  return element;
}

/** The element of this id, which the page has. */
export const byId = (id: string) => document.getElementById(id) as HTMLElement;

export const select = (id: string) => byId(id) as HTMLSelectElement;

/** A button. */
export const button = (words: string, act: () => unknown, given: Given = {}) =>
  el("button", { type: "button", ...given, on: { click: act } }, words);

/** A part of the panel, with its heading. */
export const part = (title: string, ...children: (Child | Child[])[]) =>
  el("section", { class: "part" }, el("h2", {}, title), ...children);

/** A part of the panel with boxes to tick. */
export const choices = (title: string, ...children: (Child | Child[])[]) =>
  el("fieldset", { class: "part" }, el("legend", {}, el("h2", {}, title)), ...children);

/** Rows of names and what they are. */
export const rows = (rows: [string, Child][]) =>
  el(
    "dl",
    {},
    rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value || "–")]),
  );

/** How many of something. */
export const count = (number: number, one: string, more: string = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : more}`;

/**
 * Makes an element like a fresh one. What is the same stays, with the focus in it, and so does what
 * was opened.
 */
export function become(old: ChildNode, fresh: ChildNode) {
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
